import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { MessageKey } from '../i18n/messages.ts';

/**
 * One key of a screen: `F9`, `Ctrl+K`, `Alt+1`, `Escape`, `?`.
 *
 * Without `run` it is only listed: the element that has the focus handles it.
 */
export type ScreenKey = { keys: string; label: MessageKey; run?: () => void };

type Entry = { current: readonly ScreenKey[] };
type Registry = { add(entry: Entry): () => void; listed(): readonly ScreenKey[] };
const KeysContext = createContext<Registry | null>(null);

/** Hears the keys of all screens inside it; what was registered last is asked first. */
export function KeysProvider({ children }: { children: ReactNode }): ReactElement {
  const entries = useRef<Entry[]>([]);
  const registry = useMemo<Registry>(
    () => ({
      add(entry) {
        entries.current = [entry, ...entries.current];
        return () => {
          entries.current = entries.current.filter((it) => it !== entry);
        };
      },
      listed() {
        const seen = new Map<string, ScreenKey>();
        for (const key of entries.current.flatMap((it) => it.current)) {
          if (!seen.has(key.keys)) seen.set(key.keys, key);
        }
        return [...seen.values()];
      },
    }),
    [],
  );

  // Before the listener of any dialog: what Esc closes is gone by the time the event comes back up.
  useLayoutEffect(() => {
    let elsewhere = false;
    const look = (event: KeyboardEvent): void => {
      elsewhere = isElsewhere(event);
    };
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || elsewhere) return;
      const name = nameOf(event);
      const key = entries.current.flatMap((it) => it.current).find((it) => it.keys === name && it.run);
      if (key === undefined) return;
      event.preventDefault();
      // A key held down is one press: the second F9 of a nervous finger does nothing.
      if (!event.repeat) key.run?.();
    };
    window.addEventListener('keydown', look, true);
    window.addEventListener('keydown', hear);
    return () => {
      window.removeEventListener('keydown', look, true);
      window.removeEventListener('keydown', hear);
    };
  }, []);

  return <KeysContext value={registry}>{children}</KeysContext>;
}

/** Gives the screen its keys while it is shown. */
export function useKeys(keys: readonly ScreenKey[]): void {
  const registry = useContext(KeysContext);
  const [entry] = useState<Entry>(() => ({ current: keys }));
  useEffect(() => {
    entry.current = keys;
  });
  useEffect(() => registry?.add(entry), [registry, entry]);
}

/** What the keys do here, for the list behind `?`. */
export function useListedKeys(): () => readonly ScreenKey[] {
  const registry = useContext(KeysContext);
  return () => registry?.listed() ?? [];
}

// A dialog, a menu and an open list have their own Esc; a letter typed into a field is a letter.
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return true;
  if (event.key === 'Escape') return hasOwnEscape(target);
  return event.key === '?' && target.matches('input, textarea, select, [contenteditable]');
}

function hasOwnEscape(target: HTMLElement): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return true;
  return target.closest('[aria-expanded="true"], [data-expanded]') !== null;
}

function nameOf(event: KeyboardEvent): string {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const withModifier = event.ctrlKey || event.altKey || event.metaKey;
  // By place on the keyboard where a modifier is held: Ctrl+K is Ctrl+Л on a Russian layout.
  const key = withModifier ? (digit ?? letter ?? event.key) : event.key;
  const modifiers = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && event.key !== '?' && 'Shift',
  ];
  return [...modifiers.filter((it) => it !== false), key].join('+');
}
