/** Which event somebody confirms, and whose. */
export type Confirmed = { by: string; confirmedBy: string; caseId: string; type: string };

const LIFE_MS = 5 * 60_000;

export type Confirmations = {
  give(it: Confirmed): void;
  /** Uses one up; `null` where none was given, else the way to give it back. */
  take(it: Confirmed): (() => void) | null;
  clear(): void;
};

/** Second persons' words, each good for one event of one kind in one case, and for five minutes. */
export function createConfirmations(running: () => number): Confirmations {
  let given: { name: string; until: number }[] = [];
  return {
    give(it) {
      given.push({ name: toName(it), until: running() + LIFE_MS });
    },
    take(it) {
      given = given.filter(({ until }) => until > running());
      const found = given.find(({ name }) => name === toName(it));
      if (found === undefined) return null;
      given = given.filter((other) => other !== found);
      return () => {
        given.push(found);
      };
    },
    clear() {
      given = [];
    },
  };
}

function toName({ by, confirmedBy, caseId, type }: Confirmed): string {
  return JSON.stringify([by, confirmedBy, caseId, type]);
}
