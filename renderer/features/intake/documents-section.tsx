import { type ReactElement, useState } from 'react';
import { newId } from '#model/new-id';
import type { ChecklistItem } from '#model/service';
import type { Draft } from '../../data/use-drafts.ts';
import { useFiles } from '../../data/use-files.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { DocumentItem } from './document-item.tsx';
import classes from './intake.module.css';
import type { RefusedFile } from './refused-file.ts';

type Props = {
  checklist: readonly ChecklistItem[];
  documents: Draft['documents'];
  onChange: (edit: (now: Draft['documents']) => Draft['documents']) => void;
};

/** The checklist: what the applicant brings, what we fetch ourselves, and whatever else was brought. */
export function DocumentsSection({ checklist, documents, onChange }: Props): ReactElement {
  const { t, language } = useTranslate();
  const files = useFiles();
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const [busyItem, setBusyItem] = useState<string | null>(null);

  const add = async (item: string, given: readonly File[]): Promise<void> => {
    setBusyItem(item);
    setRefused((now) => now.filter((it) => it.item !== item));
    for (const file of given) {
      const kept = await files.keep(file);
      if (kept.outcome === 'kept') {
        const { sha256, bytes, mime, name } = kept;
        onChange((now) => [...now, { id: newId(), item, sha256, bytes, mime, name }]);
      } else {
        setRefused((now) => [...now, { item, name: file.name, why: kept.outcome }]);
      }
    }
    setBusyItem(null);
  };
  const remove = (id: string): void => onChange((now) => now.filter((it) => it.id !== id));

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
          refused={refused.filter((it) => it.item === item.code)}
          isBusy={busyItem === item.code}
          onAdd={(given) => void add(item.code, given)}
          onRemove={remove}
        />
      ))}
    </ul>
  );
}
