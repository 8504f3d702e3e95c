import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { applicantShortName } from '../../components/applicant-name.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Panel } from '../../components/panel.tsx';
import { useMe } from '../../data/desk.ts';
import { useServices, useUtcOffset } from '../../data/use-catalogue.ts';
import { type Draft, useDrafts, useRemoveDraft } from '../../data/use-drafts.ts';
import { useNow } from '../../data/use-now.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './counter-screen.module.css';

/** Cases begun here by whoever is signed in and not yet accepted. */
export function MyDrafts(): ReactElement {
  const { t, language } = useTranslate();
  const me = useMe();
  const drafts = useDrafts();
  const services = useServices();
  const remove = useRemoveDraft();
  const now = useNow();
  const utcOffsetMinutes = useUtcOffset();
  const [going, setGoing] = useState<Draft | null>(null);
  const mine = [...(drafts ?? [])]
    .filter((it) => it.startedBy === me.id)
    .sort((a, b) => b.changedAt - a.changedAt);
  const nameOf = (draft: Draft): string =>
    services?.find((it) => it.code === draft.serviceCode)?.name[language] ?? draft.serviceCode;
  const whoOf = (draft: Draft): string => applicantShortName(draft.answers) || t('drafts.noName');

  return (
    <Panel title={t('drafts.title')} aside={mine.length > 0 ? mine.length : undefined}>
      {mine.length === 0 && <div className={classes.itemMore}>{t('drafts.none')}</div>}
      <ul className={classes.items}>
        {mine.map((it) => (
          <li key={it.id} className={classes.item}>
            <div className={classes.itemWords}>
              <Link to="/intake/$draftId" params={{ draftId: it.id }} className={classes.itemName}>
                {whoOf(it)}
              </Link>
              <div className={classes.itemMore}>
                {nameOf(it)} · {formatMoment(language, it.changedAt, now, utcOffsetMinutes)}
              </div>
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('drafts.delete', { name: whoOf(it) })}
              onClick={() => setGoing(it)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={going !== null}
        title={t('drafts.delete.title')}
        consequence={
          going === null
            ? ''
            : t('drafts.delete.consequence', {
                name: whoOf(going),
                service: nameOf(going),
                count: going.documents.length,
              })
        }
        confirm={t('drafts.delete.confirm')}
        danger
        onCancel={() => setGoing(null)}
        onConfirm={() => {
          if (going !== null) void remove(going.id);
          setGoing(null);
        }}
      />
    </Panel>
  );
}
