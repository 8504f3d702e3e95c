import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import { useReference } from '../../data/use-catalogue.ts';
import type { Save } from '../../data/use-save.ts';
import { type Missing, type Move, missingFor, needsReason } from './moves.ts';
import { SecondPerson } from './second-person.tsx';
import type { CaseWords } from './use-case-words.ts';
import { useSecondPerson } from './use-second-person.ts';

const MOST_LETTERS = 2_000;

type Props = {
  move: Move;
  words: CaseWords;
  saving: Save;
  caseId: string;
  /** The service wants a second person to look at this step. */
  asksSecond: boolean;
  onMove(grounds: string[], reason: string, confirmedBy?: string): void;
  onCancel(): void;
};

/** Asks before a step that cannot be taken back, says what follows from it, and takes the reason. */
export function MoveDialog({
  move,
  words,
  saving,
  caseId,
  asksSecond,
  onMove,
  onCancel,
}: Props): ReactElement {
  const { t } = words;
  const [reason, setReason] = useState('');
  const [grounds, setGrounds] = useState<string[]>([]);
  const [looked, setLooked] = useState(false);
  const [tried, setTried] = useState(false);
  const missing = missingFor(move.to, { grounds, reason, identity: looked });
  const errorAt = (what: Missing): string | undefined =>
    tried && missing.includes(what) ? t(`move.${what}.needed`) : undefined;
  const isEnd = move.to === 'refused' || move.to === 'cancelled';

  const second = useSecondPerson(caseId);

  const confirm = async (): Promise<void> => {
    setTried(true);
    if (missing.length > 0) return;
    if (!asksSecond) return onMove(grounds, reason.trim());
    const who = await second.confirm('state.moved');
    if (who !== null) onMove(grounds, reason.trim(), who);
  };

  return (
    <Modal
      opened
      onClose={onCancel}
      title={t(`move.${move.name}`)}
      size="lg"
      closeButtonProps={{ 'aria-label': t('dialog.close') }}
    >
      <Stack gap="sm">
        <Text>{t(`move.consequence.${move.to}`)}</Text>
        {move.to === 'refused' && (
          <Grounds
            words={words}
            isShort={asksSecond}
            chosen={grounds}
            onChange={setGrounds}
            error={errorAt('ground')}
          />
        )}
        {needsReason(move.to) && (
          <Textarea
            data-autofocus
            label={t('move.reason')}
            description={t('move.reason.more')}
            data-grows
            maxLength={MOST_LETTERS}
            required
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={errorAt('reason')}
          />
        )}
        {move.to === 'issued' && (
          <Checkbox
            data-autofocus
            label={t('move.identity')}
            checked={looked}
            onChange={(event) => setLooked(event.currentTarget.checked)}
            error={errorAt('identity')}
          />
        )}
        {asksSecond && <SecondPerson second={second} />}
        {saving.failed !== undefined && <Text c="var(--darcha-bad)">{t(`save.${saving.failed}`)}</Text>}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('dialog.cancel')}
          </Button>
          <Button
            {...(isEnd ? { color: 'red.9' } : {})}
            loading={saving.isSlow || second.isBusy}
            onClick={() => void confirm()}
          >
            {t(`move.${move.name}`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Grounds(props: {
  words: CaseWords;
  /** There is more below it that has to be seen. */
  isShort: boolean;
  chosen: string[];
  onChange(chosen: string[]): void;
  error: string | undefined;
}): ReactElement {
  const { t, language } = props.words;
  const grounds = useReference('refusal-ground') ?? [];
  return (
    <Checkbox.Group
      label={t('move.grounds')}
      description={t('move.grounds.more')}
      required
      value={props.chosen}
      onChange={props.onChange}
      error={props.error}
    >
      <Stack gap={6} mt={6} mah={props.isShort ? 130 : 260} style={{ overflowY: 'auto' }} p={2}>
        {grounds.map((it) => (
          <Checkbox key={it.code} value={it.code} label={`${it.code} · ${it.name[language]}`} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
