/**
 * Something wrong with an answer. A *wall* must be put right before the case is accepted; a *warning* is
 * shown and may stand, for papers have old errors in them.
 */
export type Problem = {
  path: string;
  code:
    | 'required'
    | 'too-long'
    | 'not-a-number'
    | 'below-min'
    | 'above-max'
    | 'bad-date'
    | 'in-future'
    | 'in-past'
    | 'not-an-option'
    | 'bad-pinfl'
    | 'bad-phone';
  severity: 'wall' | 'warning';
};
