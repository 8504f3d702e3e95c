import { useCallback, useEffect, useRef, useState } from 'react';
import { useDesk } from './desk.ts';

const REST_MS = 300;

type KeptText = {
  text: string;
  /** Nothing may be typed before what was kept is read: it would be overwritten. */
  isRead: boolean;
  /** The disk took the last of it, or has not been asked yet. */
  isKept: boolean;
  change(edit: (now: string) => string): void;
};

/** A text being written that outlives its screen: on this computer's disk as soon as the keys rest. */
export function useKeptText(key: string): KeptText {
  const { replica } = useDesk();
  const [text, setText] = useState<string>();
  const [isKept, setKept] = useState(true);
  const latest = useRef('');
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);

  const write = useCallback(() => {
    clearTimeout(waiting.current);
    waiting.current = undefined;
    void replica.writeLocal(key, latest.current).then(
      () => setKept(true),
      () => setKept(false),
    );
  }, [replica, key]);

  useEffect(() => {
    let wanted = true;
    void replica.readLocal(key).then((kept) => {
      if (!wanted) return;
      latest.current = typeof kept === 'string' ? kept : '';
      setText(latest.current);
    });
    return () => {
      wanted = false;
      if (waiting.current !== undefined) write();
    };
  }, [replica, key, write]);

  const change = useCallback(
    (edit: (now: string) => string) => {
      latest.current = edit(latest.current);
      setText(latest.current);
      clearTimeout(waiting.current);
      waiting.current = setTimeout(write, REST_MS);
    },
    [write],
  );
  return { text: text ?? '', isRead: text !== undefined, isKept, change };
}
