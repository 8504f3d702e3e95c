import { hasMessage, type Translate } from '../i18n/messages.ts';

/** Why the centre wants a person to look at a record; an unknown code is shown, never hidden. */
export function recordReason(t: Translate, code: string): string {
  const key = `record.${code}`;
  return hasMessage(key) ? t(key) : t('record.other', { code });
}
