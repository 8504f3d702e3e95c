import type { Case, FieldConflict } from '#model/case';
import { mayTakeOffer } from '#model/resolve-conflict';
import { formatDateTime } from '../i18n/format.ts';
import type { Language } from '../i18n/messages.ts';
import type { FieldReader } from './field-reader.ts';

type Side = { text: string; by: string; at: string };

/** A conflict in words, ready to be shown. */
export type ConflictItem = {
  id: string;
  label: string;
  kept: Side;
  offered: Side;
  /** A step cannot be taken any more once the case is closed. */
  mayTake: boolean;
  conflict: FieldConflict;
};

export type ConflictWords = {
  reader: FieldReader;
  language: Language;
  utcOffsetMinutes: number;
  staffName(id: string): string;
};

export function toConflictItems(
  it: Pick<Case, 'conflicts' | 'status'>,
  words: ConflictWords,
): ConflictItem[] {
  const { reader, language, utcOffsetMinutes, staffName } = words;
  return it.conflicts.map((conflict) => {
    const side = (answer: FieldConflict['kept'], author: FieldConflict['keptBy']): Side => ({
      text: reader.text(conflict.field, answer),
      by: staffName(author.by),
      at: formatDateTime(language, author.at, utcOffsetMinutes),
    });
    return {
      id: conflict.id,
      label: reader.label(conflict.field),
      kept: side(conflict.kept, conflict.keptBy),
      offered: side(conflict.offered, conflict.offeredBy),
      mayTake: mayTakeOffer(it, conflict),
      conflict,
    };
  });
}
