import type { Answers } from '#model/answer';
import type { Problem } from '#model/form';
import { checkPinfl } from '#model/identity/pinfl';
import { formatIsoDate } from '../../i18n/format.ts';
import type { Language, Translate } from '../../i18n/messages.ts';
import { textOf } from './answer-form.ts';

type Needs = { answers: Answers; t: Translate; language: Language };

/** A problem in a sentence that says what to look at. */
export function problemText(problem: Problem, { answers, t }: Needs): string {
  const { path, code } = problem;
  if (code === 'bad-pinfl') return pinflText(path, answers, t);
  if (path.endsWith('.documentExpires') && code === 'in-past') return t('problem.expired');
  if (path.endsWith('irthDate') && code === 'in-past') return t('problem.too-old');
  if (problem.severity === 'warning' && code === 'required') return t('problem.missed');
  return t(`problem.${code}`);
}

/** At the number itself: which part of it is wrong. At birth date or sex: what the number says instead. */
function pinflText(path: string, answers: Answers, t: Translate): string {
  const part = path.split('.').at(-1);
  const typed = textOf(answers[path]);
  if (part !== 'birthDate' && part !== 'sex') {
    const checked = checkPinfl(typed);
    const count = typed.replace(/[\s-]/g, '').length;
    return checked.outcome === 'bad'
      ? t(`pinfl.${checked.code}`, { count, typed: count })
      : t('problem.bad-pinfl');
  }
  const checked = checkPinfl(textOf(answers[path.replace(part, 'pinfl')]));
  if (checked.outcome === 'bad') return t('problem.bad-pinfl');
  const said = part === 'sex' ? t(`sex.${checked.sex}`) : formatIsoDate(checked.birthDate);
  const here =
    part === 'sex' ? (typed === 'm' || typed === 'f' ? t(`sex.${typed}`) : typed) : formatIsoDate(typed);
  return t('pinfl.mismatch', { said, here });
}
