import { useEffect, useRef } from 'react';

const LOOK_MS = 1_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/**
 * Calls back when nobody has touched this computer for so long. Only what a person did counts: RxDB moves a mouse that
 * is not there every 20 seconds, and so might a page's own code.
 */
export function useIdle(afterMs: number, onIdle: () => void): void {
  const latest = useRef(onIdle);
  useEffect(() => {
    latest.current = onIdle;
  });
  useEffect(() => {
    // Two clocks: one does not go on while the computer sleeps, the other may be set.
    let last = { wall: Date.now(), running: performance.now() };
    const touch = (event: Event): void => {
      if (event.isTrusted) last = { wall: Date.now(), running: performance.now() };
    };
    const look = setInterval(() => {
      const idle = Math.max(Date.now() - last.wall, performance.now() - last.running);
      if (idle >= afterMs) latest.current();
    }, LOOK_MS);
    for (const it of SIGNS) window.addEventListener(it, touch, { capture: true, passive: true });
    return () => {
      clearInterval(look);
      for (const it of SIGNS) window.removeEventListener(it, touch, { capture: true });
    };
  }, [afterMs]);
}
