import { ActionIcon, Button } from '@mantine/core';
import {
  IconBuildingBank,
  IconCircleCheck,
  IconCircleDashed,
  IconFile,
  IconPaperclip,
  IconX,
} from '@tabler/icons-react';
import { type DragEvent, type ReactElement, useRef, useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import type { Draft } from '../../data/use-drafts.ts';
import { MAX_FILE_BYTES } from '../../data/use-files.ts';
import { formatBytes } from '../../i18n/format.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './intake.module.css';
import type { RefusedFile } from './refused-file.ts';

type Props = {
  item: { code: string; label: string; source: 'brings' | 'fetched'; required: boolean };
  files: Draft['documents'];
  refused: readonly RefusedFile[];
  isBusy: boolean;
  onAdd: (files: readonly File[]) => void;
  onRemove: (id: string) => void;
};

/** One paper of the checklist with the files that stand for it. */
export function DocumentItem({ item, files, refused, isBusy, onAdd, onRemove }: Props): ReactElement {
  const { t, language } = useTranslate();
  const picker = useRef<HTMLInputElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  const isFetched = item.source === 'fetched';

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onAdd([...event.dataTransfer.files]);
  };

  return (
    <li
      className={classes.document}
      data-item={item.code}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={classes.documentHead}>
        <ItemSign isFetched={isFetched} hasFiles={files.length > 0} />
        <div className={classes.documentWords}>
          <div className={classes.documentName}>{item.label}</div>
          <div className={classes.quiet}>{stateText()}</div>
        </div>
        <Button
          ref={addButton}
          variant="default"
          leftSection={<IconPaperclip size={18} aria-hidden />}
          loading={isBusy}
          aria-label={t('documents.addTo', { name: item.label })}
          onClick={() => picker.current?.click()}
        >
          {t('documents.add')}
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept="image/*,application/pdf"
          onChange={(event) => {
            const { files: given } = event.currentTarget;
            if (given !== null) onAdd([...given]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {files.map((it) => (
        <div key={it.id} className={classes.file}>
          <IconFile size={18} stroke={1.6} aria-hidden />
          <span className={classes.fileName}>{it.name}</span>
          <span className={classes.quiet}>{formatBytes(language, it.bytes)}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('documents.remove', { name: it.name })}
            onClick={() => {
              addButton.current?.focus();
              onRemove(it.id);
            }}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {refused.map((it) => (
        <Notice
          key={it.name}
          tone="bad"
          title={t(`documents.${it.why}`, { name: it.name, limit: formatBytes(language, MAX_FILE_BYTES) })}
        >
          {t(`documents.${it.why}.next`)}
        </Notice>
      ))}
    </li>
  );

  function stateText(): string {
    if (files.length > 0) return t('documents.count', { count: files.length });
    if (isFetched) return t('documents.fetched');
    if (item.code === 'other') return t('documents.other.help');
    return t(item.required ? 'documents.missing' : 'documents.optional');
  }
}

function ItemSign({ isFetched, hasFiles }: { isFetched: boolean; hasFiles: boolean }): ReactElement {
  if (hasFiles) return <IconCircleCheck size={22} color="var(--darcha-good)" aria-hidden />;
  if (isFetched) return <IconBuildingBank size={22} color="var(--darcha-accent)" stroke={1.6} aria-hidden />;
  return <IconCircleDashed size={22} color="var(--darcha-line-strong)" aria-hidden />;
}
