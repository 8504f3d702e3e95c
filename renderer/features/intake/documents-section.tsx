import type { ReactElement } from 'react';
import type { ChecklistItem } from '#model/service';
import type { Draft } from '../../data/use-drafts.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { DocumentItem } from './document-item.tsx';
import classes from './intake.module.css';
import type { IntakeFiles } from './use-intake-files.ts';

type Props = { checklist: readonly ChecklistItem[]; documents: Draft['documents']; files: IntakeFiles };

/** The checklist: what the applicant brings, what we fetch ourselves, and whatever else was brought. */
export function DocumentsSection({ checklist, documents, files }: Props): ReactElement {
  const { t, language } = useTranslate();
  const items = [
    ...checklist.map((it) => ({ ...it, label: it.label[language] })),
    { code: 'other', label: t('documents.other'), source: 'brings' as const, required: false },
  ];
  return (
    <ul className={classes.documents}>
      {items.map((item) => (
        <DocumentItem
          key={item.code}
          item={item}
          files={documents.filter((it) => it.item === item.code)}
          refused={files.refused.filter((it) => it.item === item.code)}
          isBusy={files.busyItems.includes(item.code)}
          onAdd={(given) => files.add(item.code, given)}
          onRemove={files.remove}
        />
      ))}
    </ul>
  );
}
