import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import type { Case } from '#model/case';
import type { EventBody } from '#model/case-event';
import type { CaseStatus } from '#model/case-status';
import { asksSecondPerson } from '#model/four-eyes';
import type { May } from '../../data/use-may.ts';
import { type Save, useOnce } from '../../data/use-save.ts';
import { MoveDialog } from './move-dialog.tsx';
import { type Move, movesOf } from './moves.ts';
import type { CaseWords } from './use-case-words.ts';

type Step = Extract<EventBody, { type: 'state.moved' }>;
type Props = { it: Case; words: CaseWords; saving: Save; may: May };

/** What may be done with a case now; the usual next step is the big one. */
export function CaseActions({ it, words, saving, may }: Props): ReactElement | null {
  const { t } = words;
  const [asking, setAsking] = useState<Move>();
  const once = useOnce();
  const [next, ...others] = movesOf(may, it.status);
  if (next === undefined) return null;

  const toStep = (to: CaseStatus, grounds: string[], reason: string): Step => ({
    type: 'state.moved',
    body: { from: it.status, to, grounds, reason },
  });
  const record = (to: CaseStatus, grounds: string[], reason: string, confirmedBy?: string): void =>
    once(async () => {
      if (await saving.save(toStep(to, grounds, reason), confirmedBy)) setAsking(undefined);
    });
  const asksSecond = (to: CaseStatus): boolean => asksSecondPerson(toStep(to, [], ''), words.service ?? null);
  const begin = (move: Move): void => {
    if (move.asks || asksSecond(move.to)) setAsking(move);
    else record(move.to, [], '');
  };

  return (
    <>
      {/* The second click of two would meet the next step's button: the first is saved by then. */}
      {next.usual && (
        <Button loading={saving.isSlow} onClick={({ detail }) => detail < 2 && begin(next)}>
          {t(`move.${next.name}`)}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {t('case.actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(next.usual ? others : [next, ...others]).map((move) => (
            <Menu.Item key={move.to} onClick={() => begin(move)}>
              {t(`move.${move.name}`)}
              {move.asks && '…'}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asking !== undefined && (
        <MoveDialog
          move={asking}
          words={words}
          saving={saving}
          caseId={it.id}
          asksSecond={asksSecond(asking.to)}
          onMove={(grounds, reason, confirmedBy) => record(asking.to, grounds, reason, confirmedBy)}
          onCancel={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
