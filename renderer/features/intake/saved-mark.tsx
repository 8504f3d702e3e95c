import { IconCheck, IconDeviceFloppy, IconExclamationCircle } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { IconLine } from '../../components/icon-line.tsx';
import type { SavedState } from '../../data/use-drafts.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';

/** Whether what is on the screen is on the disk. Says saved only when the disk has said so. */
export function SavedMark({ saved }: { saved: SavedState }): ReactElement {
  const { t } = useTranslate();
  switch (saved) {
    case 'saved':
      return (
        <IconLine icon={IconCheck} tone="good">
          {t('saved.saved')}
        </IconLine>
      );
    case 'saving':
      return (
        <IconLine icon={IconDeviceFloppy} tone="quiet">
          {t('saved.saving')}
        </IconLine>
      );
    case 'disk-full':
    case 'disk-failed':
      return (
        <IconLine icon={IconExclamationCircle} tone="bad">
          {t('saved.not')}
        </IconLine>
      );
  }
}
