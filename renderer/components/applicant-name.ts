import type { Answers } from '#model/answer';

/** `Karimova D. B.`: enough to know a person by, no more than a list should show. */
export function applicantShortName(answers: Answers): string {
  const surname = textOf(answers['applicant.surname']);
  const givenName = textOf(answers['applicant.givenName']);
  // Whoever has one name only is called by it, whichever field it stands in.
  if (surname === '') return givenName;
  const initials = [givenName, textOf(answers['applicant.patronymic'])].map(initialOf);
  return [surname, ...initials].filter((it) => it !== '').join(' ');
}

export function applicantFullName(answers: Answers): string {
  return ['applicant.surname', 'applicant.givenName', 'applicant.patronymic']
    .map((path) => textOf(answers[path]))
    .filter((it) => it !== '')
    .join(' ');
}

// Oʻ, Gʻ, Sh and Ch are one letter each.
function initialOf(name: string): string {
  const letter = /^(?:[OoGg][ʻ'‘’`]|[SsCc][Hh]|\p{L}\p{M}*)/u.exec(name.trim())?.[0];
  return letter === undefined ? '' : `${letter.charAt(0).toUpperCase()}${letter.slice(1).toLowerCase()}.`;
}

function textOf(answer: Answers[string] | undefined): string {
  return typeof answer === 'string' ? answer.trim() : '';
}
