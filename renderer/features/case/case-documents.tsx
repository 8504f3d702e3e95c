import { Button, Modal, Text } from '@mantine/core';
import { IconDownload, IconEye } from '@tabler/icons-react';
import { type ReactElement, useEffect, useState } from 'react';
import type { Case } from '#model/case';
import { Panel } from '../../components/panel.tsx';
import { saveFile } from '../../components/save-file.ts';
import { useFiles } from '../../data/use-files.ts';
import { formatBytes, formatDateTime } from '../../i18n/format.ts';
import classes from './case-screen.module.css';
import { shownAs } from './shown-as.ts';
import type { CaseWords } from './use-case-words.ts';

type Document = Case['documents'][number];
type Shown = { name: string; url: string };

/** What was brought, and what is still to be brought. */
export function CaseDocuments({ it, words }: { it: Case; words: CaseWords }): ReactElement {
  const { t, language, service } = words;
  const [shown, setShown] = useState<Shown>();
  const itemName = (code: string): string =>
    service?.checklist.find((item) => item.code === code)?.label[language] ??
    (code === 'other' ? t('case.document.other') : code);
  const brought = new Set(it.documents.map((document) => document.item));
  const missing = it.missing.filter((code) => !brought.has(code));

  useEffect(() => {
    if (shown === undefined) return undefined;
    return () => URL.revokeObjectURL(shown.url);
  }, [shown]);

  return (
    <Panel title={t('case.documents')}>
      {it.documents.length === 0 && <Text size="sm">{t('case.documents.none')}</Text>}
      <ul className={classes.list}>
        {it.documents.map((document) => (
          <DocumentRow
            key={document.id}
            document={document}
            item={itemName(document.item)}
            words={words}
            onShow={setShown}
          />
        ))}
      </ul>
      {missing.length > 0 && (
        <Text size="sm" mt="xs">
          {t('case.documents.missing', { items: missing.map(itemName).join('; ') })}
        </Text>
      )}
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={shown?.name}
        size="auto"
        closeButtonProps={{ 'aria-label': t('dialog.close') }}
      >
        {shown !== undefined && (
          <img
            src={shown.url}
            alt={shown.name}
            style={{ maxWidth: '80vw', maxHeight: '78vh', display: 'block' }}
          />
        )}
      </Modal>
    </Panel>
  );
}

function DocumentRow(props: {
  document: Document;
  item: string;
  words: CaseWords;
  onShow(shown: Shown): void;
}): ReactElement {
  const { document, item, words, onShow } = props;
  const { t, language, utcOffsetMinutes, staffName } = words;
  const files = useFiles();
  const [absent, setAbsent] = useState(false);
  const { kind, type, name } = shownAs(document);
  const isShown = kind === 'picture';

  const open = async (): Promise<void> => {
    const bytes = await files.read(document.sha256);
    setAbsent(bytes === null);
    if (bytes === null) return;
    const blob = new Blob([bytes], { type });
    if (isShown) onShow({ name, url: URL.createObjectURL(blob) });
    else saveFile(blob, name);
  };

  const Icon = isShown ? IconEye : IconDownload;
  return (
    <li className={classes.item}>
      <div className={classes.spread}>
        <div>
          <div>{item}</div>
          <div className={classes.quiet}>
            {document.name} · {formatBytes(language, document.bytes)} · {staffName(document.by)} ·{' '}
            {formatDateTime(language, document.at, utcOffsetMinutes)}
          </div>
        </div>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon size={16} aria-hidden />}
          onClick={() => void open()}
        >
          {t(isShown ? 'case.document.show' : 'case.document.save')}
        </Button>
      </div>
      {absent && (
        <Text size="sm" mt={4} role="status" c="var(--darcha-attention)">
          {t('case.document.absent')}
        </Text>
      )}
    </li>
  );
}
