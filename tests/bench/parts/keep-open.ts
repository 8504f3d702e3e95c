type Open = { close(): Promise<void> };

/** Takes something into keeping; what is kept is closed at the end, whatever happens. Closing twice is harmless. */
export type Keep = <T extends Open>(it: T) => T;

/** Does the work, then closes all that it kept, the latest first. */
export async function keepOpen<T>(work: (keep: Keep) => Promise<T>): Promise<T> {
  const kept: Open[] = [];
  try {
    return await work((it) => {
      kept.push(it);
      return it;
    });
  } finally {
    for (const it of kept.reverse()) await it.close();
  }
}
