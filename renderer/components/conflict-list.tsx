import { Badge, Button, Card, Group, Kbd, SimpleGrid, Stack, Text } from '@mantine/core';
import type { KeyboardEvent, ReactElement } from 'react';
import { useTranslate } from '../i18n/use-translate.tsx';
import type { ConflictItem } from './conflict-item.ts';

export type ConflictChoice = 'kept' | 'offered';

const KEYS: Readonly<Record<string, ConflictChoice>> = { 1: 'kept', 2: 'offered', k: 'kept', o: 'offered' };

type Props = {
  items: readonly ConflictItem[];
  /** Absent: whoever is signed in may look and not settle. */
  onSettle?: ((item: ConflictItem, choice: ConflictChoice) => void) | undefined;
};

/** Fields that two people answered differently while apart; one key settles the one in focus. */
export function ConflictList({ items, onSettle }: Props): ReactElement {
  return (
    <Stack gap="sm">
      {items.map((item) => (
        <ConflictCard key={item.id} item={item} onSettle={onSettle} />
      ))}
    </Stack>
  );
}

function ConflictCard({ item, onSettle }: { item: ConflictItem; onSettle: Props['onSettle'] }): ReactElement {
  const { t } = useTranslate();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const choice = KEYS[event.key.toLowerCase()];
    if (choice === undefined || onSettle === undefined || event.ctrlKey || event.altKey || event.metaKey)
      return;
    if (choice === 'offered' && !item.mayTake) return;
    event.preventDefault();
    // The focus goes on to the next conflict: a key held down would settle that one too.
    if (event.repeat) return;
    focusNextCard(event.currentTarget);
    onSettle(item, choice);
  };
  return (
    <Card
      withBorder
      padding="sm"
      bg="var(--darcha-sunken)"
      component="section"
      aria-label={t('conflicts.field', { field: item.label })}
      data-conflict
      tabIndex={onSettle === undefined ? -1 : 0}
      onKeyDown={onKeyDown}
    >
      <Text fw={600} mb="xs">
        {item.label}
      </Text>
      <SimpleGrid cols={2} spacing="sm">
        {(['kept', 'offered'] as const).map((side, index) => (
          <ConflictSide
            key={side}
            value={item[side]}
            side={side}
            hint={String(index + 1)}
            closed={side === 'offered' && !item.mayTake}
            onChoose={onSettle === undefined ? undefined : () => onSettle(item, side)}
          />
        ))}
      </SimpleGrid>
    </Card>
  );
}

function ConflictSide(props: {
  value: ConflictItem['kept'];
  side: ConflictChoice;
  hint: string;
  closed: boolean;
  onChoose: (() => void) | undefined;
}): ReactElement {
  const { t } = useTranslate();
  const { value, side, hint, closed, onChoose } = props;
  return (
    <Stack gap={6} align="flex-start">
      <Badge variant="outline" color="gray" tt="none">
        {t(side === 'kept' ? 'conflicts.now' : 'conflicts.offered')}
      </Badge>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {value.text}
      </Text>
      <Text size="sm" c="dimmed">
        {t('conflicts.author', { name: value.by, at: value.at })}
      </Text>
      {closed && <Text size="sm">{t('conflicts.closed')}</Text>}
      {!closed && onChoose !== undefined && (
        <Button
          variant="default"
          size="sm"
          onClick={onChoose}
          rightSection={
            <Group gap={4} aria-hidden>
              <Kbd size="xs">{hint}</Kbd>
            </Group>
          }
        >
          {t(side === 'kept' ? 'conflicts.keep' : 'conflicts.take')}
        </Button>
      )}
    </Stack>
  );
}

// The card goes away once it is settled: the next key should meet the next conflict.
function focusNextCard(card: HTMLElement): void {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-conflict]')];
  const at = cards.indexOf(card);
  (cards[at + 1] ?? cards[at - 1])?.focus();
}
