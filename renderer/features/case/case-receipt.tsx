import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconPrinter, IconReceipt } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { KeyHint } from '../../components/key-hint.tsx';
import { useKeys } from '../../components/use-keys.tsx';
import type { Receipt } from '../../documents/use-receipt.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';

/** The receipt once more, as it was given: in the applicant's language, with the day it was taken. */
export function CaseReceipt({ receipt }: { receipt: Receipt }): ReactElement {
  const { t } = useTranslate();
  useKeys([{ keys: 'Ctrl+P', label: 'keys.print', run: receipt.print }]);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          loading={receipt.state === 'making'}
          disabled={!receipt.isReady}
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
          onClick={receipt.print}
        >
          {t('case.receipt.print')}
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size={18} aria-hidden />} onClick={receipt.save}>
          {t('case.receipt.save')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
