import { Button, Group, Modal } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useTranslate } from '../i18n/use-translate.tsx';

/** Asks before something is gone, with the consequence in words. The safe answer has the focus. */
export function ConfirmDialog(props: {
  opened: boolean;
  title: string;
  consequence: ReactNode;
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}): ReactElement {
  const { t } = useTranslate();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onCancel}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('dialog.close') }}
    >
      <div>{props.consequence}</div>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={props.onCancel} data-autofocus>
          {t('dialog.cancel')}
        </Button>
        <Button {...(props.danger ? { color: 'red.9' } : {})} onClick={props.onConfirm}>
          {props.confirm}
        </Button>
      </Group>
    </Modal>
  );
}
