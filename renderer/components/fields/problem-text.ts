import type { Answers } from '#model/answer';
import type { Problem } from '#model/form';
import { checkPinfl } from '#model/identity/pinfl';
import { formatIsoDate } from '../../i18n/format.ts';
import type { Language, Translate } from '../../i18n/messages.ts';
import { textOf } from './answer-form.ts';

type Needs = { answers: Answers; country: Country; t: Translate; language: Language };
type Country = 'UZ' | 'GE';

/** Digits of a personal number. */
export const PINFL_LENGTH = { UZ: 14, GE: 11 } as const satisfies Record<Country, number>;

/** A problem in a sentence that says what to look at. */
export function problemText(problem: Problem, needs: Needs): string {
  const { path, code } = problem;
  const { t } = needs;
  if (code === 'bad-pinfl') return pinflText(path, needs);
  if (path.endsWith('.documentExpires') && code === 'in-past') return t('problem.expired');
  if (path.endsWith('irthDate') && code === 'in-past') return t('problem.too-old');
  if (problem.severity === 'warning' && code === 'required') return t('problem.missed');
  return t(`problem.${code}`);
}

/** At the number itself: which part of it is wrong. At birth date or sex: what the number says instead. */
function pinflText(path: string, { answers, country, t }: Needs): string {
  const part = path.split('.').at(-1);
  const typed = textOf(answers[path]);
  if (part !== 'birthDate' && part !== 'sex') {
    const checked = checkPinfl(typed);
    const count = typed.replace(/[\s-]/g, '').length;
    return checked.outcome === 'bad'
      ? t(`pinfl.${checked.code}`, { count, typed: count, length: PINFL_LENGTH[country] })
      : t('problem.bad-pinfl');
  }
  const checked = checkPinfl(textOf(answers[path.replace(part, 'pinfl')]));
  if (checked.outcome === 'bad') return t('problem.bad-pinfl');
  const said = part === 'sex' ? t(`sex.${checked.sex}`) : formatIsoDate(checked.birthDate);
  const here =
    part === 'sex' ? (typed === 'm' || typed === 'f' ? t(`sex.${typed}`) : typed) : formatIsoDate(typed);
  return t('pinfl.mismatch', { said, here });
}
