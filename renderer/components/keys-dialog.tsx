import { Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslate } from '../i18n/use-translate.tsx';
import { KeyHint } from './key-hint.tsx';
import classes from './keys-dialog.module.css';
import { useListedKeys } from './use-keys.tsx';

/** The keys that do something on the screen behind it. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslate();
  const listed = useListedKeys();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('dialog.close') }}
    >
      <dl className={classes.keys}>
        {opened &&
          listed().map((it) => (
            <div key={it.keys} className={classes.row}>
              <dt>
                <KeyHint keys={it.keys === 'Escape' ? 'Esc' : it.keys} />
              </dt>
              <dd>{t(it.label)}</dd>
            </div>
          ))}
      </dl>
    </Modal>
  );
}
