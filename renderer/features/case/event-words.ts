import type { TimelineEntry } from '../../data/use-case.ts';
import { formatBytes, formatMoney } from '../../i18n/format.ts';
import type { CaseWords } from './use-case-words.ts';

type Event = TimelineEntry['event'];
export type EventWords = { what: string; more: string[] };

/** What happened, in a sentence and, where there is more to tell, the lines below it. */
export function eventWords(event: Event, words: CaseWords): EventWords {
  const { t, language, reader } = words;
  switch (event.type) {
    case 'case.opened':
      return {
        what: t(event.body.acceptedOffline ? 'event.case.opened.offline' : 'event.case.opened', {
          number: event.body.number,
        }),
        more: [],
      };
    case 'field.set': {
      const paths = Object.keys(event.body.set);
      return {
        what: t('event.field.set', { count: paths.length }),
        more: paths.map((path) =>
          t('event.field.change', {
            field: reader.label(path),
            was: reader.text(path, event.body.was[path]),
            set: reader.text(path, event.body.set[path]),
          }),
        ),
      };
    }
    case 'document.attached':
      return {
        what: t('event.document.attached'),
        more: [`${event.body.name} · ${formatBytes(language, event.body.bytes)}`],
      };
    case 'document.removed':
      return { what: t('event.document.removed'), more: said(event.body.reason) };
    case 'note.added':
      return { what: t('event.note.added'), more: said(event.body.text) };
    case 'payment.recorded':
      return {
        what: t('event.payment.recorded', {
          amount: formatMoney(language, event.body.amount, words.currency),
          method: t(`payment.${event.body.method}`),
        }),
        more: said(event.body.slip),
      };
    case 'state.moved': {
      const { from, to, grounds, reason } = event.body;
      return {
        what: t('event.state.moved', { from: t(`status.${from}`), to: t(`status.${to}`) }),
        more: [
          ...(grounds.length > 0 ? [t('event.grounds', { grounds: grounds.join(', ') })] : []),
          ...said(reason),
        ],
      };
    }
    case 'conflict.settled':
      return {
        what: t(event.body.choice === 'kept' ? 'event.conflict.kept' : 'event.conflict.offered', {
          field: reader.label(event.body.field),
        }),
        more: [],
      };
  }
}

function said(text: string): string[] {
  return text === '' ? [] : [text];
}
