import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconPrinter, IconReceipt } from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import type { Case } from '#model/case';
import { KeyHint } from '../../components/key-hint.tsx';
import { useKeys } from '../../components/use-keys.tsx';
import { useDesk } from '../../data/desk.ts';
import { useCentre } from '../../data/use-catalogue.ts';
import { handOutReceipt } from '../../documents/hand-out-receipt.ts';
import type { CaseWords } from './use-case-words.ts';

/** The receipt once more, as it was given: in the applicant's language, with the day it was taken. */
export function CaseReceipt({ it, words }: { it: Case; words: CaseWords }): ReactElement | null {
  const { t, service, staffName } = words;
  const { identity } = useDesk();
  const centre = useCentre();
  const [busy, setBusy] = useState(false);

  const handOut = async (way: 'print' | 'save'): Promise<void> => {
    if (!centre || busy) return;
    setBusy(true);
    const desk = it.openedDevice === identity.device ? identity.desk : it.openedDevice;
    const context = {
      service: service ?? null,
      centre,
      operator: staffName(it.openedBy),
      desk,
      demo: identity.demo,
    };
    await handOutReceipt(it, context, way).finally(() => setBusy(false));
  };
  useKeys([{ keys: 'Ctrl+P', label: 'keys.print', run: () => void handOut('print') }]);

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
          onClick={() => void handOut('print')}
        >
          {t('case.receipt.print')}
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size={18} aria-hidden />} onClick={() => void handOut('save')}>
          {t('case.receipt.save')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
