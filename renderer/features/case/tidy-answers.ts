import type { Answer, Answers } from '#model/answer';
import { normaliseApostrophes } from '#model/identity/script';

const NAME = /\.(surname|givenName|patronymic|settlement|street)$/;

/** Answers as they are kept: no space around them, and ʻ and ʼ in names whatever was typed. */
export function tidyAnswers(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).map(([path, answer]) => [path, tidy(path, answer)]));
}

function tidy(path: string, answer: Answer): Answer {
  if (typeof answer !== 'string') return answer;
  const text = answer.trim();
  return NAME.test(path) ? normaliseApostrophes(text.replace(/\s+/g, ' ')) : text;
}
