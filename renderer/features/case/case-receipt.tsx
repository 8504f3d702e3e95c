import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconPrinter, IconReceipt } from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import type { Case } from '#model/case';
import { KeyHint } from '../../components/key-hint.tsx';
import { useKeys } from '../../components/use-keys.tsx';
import { useDesk } from '../../data/desk.ts';
import { useCentre } from '../../data/use-catalogue.ts';
import { printPdf, savePdf } from '../../documents/hand-out-pdf.ts';
import { toReceiptFacts } from '../../documents/receipt-facts.ts';
import type { CaseWords } from './use-case-words.ts';

/** The receipt once more, as it was given: in the applicant's language, with the day it was taken. */
export function CaseReceipt({ it, words }: { it: Case; words: CaseWords }): ReactElement | null {
  const { t, service, staffName } = words;
  const { identity } = useDesk();
  const centre = useCentre();
  const [busy, setBusy] = useState(false);

  const make = async (): Promise<Uint8Array<ArrayBuffer> | null> => {
    if (!centre || busy) return null;
    setBusy(true);
    try {
      const { makeReceipt } = await import('../../documents/make-receipt.ts');
      const desk = it.openedDevice === identity.device ? identity.desk : it.openedDevice;
      const operator = staffName(it.openedBy);
      const facts = { service: service ?? null, centre, operator, desk, demo: identity.demo };
      return await makeReceipt(toReceiptFacts(it, facts));
    } finally {
      setBusy(false);
    }
  };
  const print = async (): Promise<void> => {
    const pdf = await make();
    if (pdf !== null) printPdf(pdf);
  };
  const save = async (): Promise<void> => {
    const pdf = await make();
    if (pdf !== null) savePdf(pdf, `${it.number}.pdf`);
  };
  useKeys([{ keys: 'Ctrl+P', label: 'keys.print', run: () => void print() }]);

  if (!centre) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconReceipt size={18} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          {t('case.receipt')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPrinter size={18} aria-hidden />}
          rightSection={<KeyHint keys="Ctrl+P" />}
          onClick={() => void print()}
        >
          {t('case.receipt.print')}
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size={18} aria-hidden />} onClick={() => void save()}>
          {t('case.receipt.save')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
