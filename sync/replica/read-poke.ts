import { Heads } from '#protocol/collection';

/** Takes server-sent events as they come in pieces; `heads` is called with each that carries heads. */
export function createPokeReader(heads: (heads: Heads) => void): (piece: string) => void {
  let unread = '';
  return (piece) => {
    const events = `${unread}${piece}`.split('\n\n');
    unread = events.pop() ?? '';
    for (const event of events) {
      const read = event.startsWith('data:') ? toHeads(event.slice(5)) : null;
      if (read !== null) heads(read);
    }
  };
}

function toHeads(text: string): Heads | null {
  try {
    return Heads.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
