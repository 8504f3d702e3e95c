import type { ChildProcess } from 'node:child_process';

const GRACE_MS = 10_000;
const QUIET_MS = 5_000;
const KILL_AFTER_MS = 5_000;
const MOST_BACKGROUND_STARTS = 5;

export type WindowKeeperOptions = {
  launch(background: boolean): ChildProcess;
  /** Whether to go on sending when the window is closed; asked then. */
  keepsSending(): boolean;
  /** `never-opened`: the browser ended before a page of ours was there. */
  onDone(reason: 'closed' | 'never-opened'): void;
  graceMs?: number;
  quietMs?: number;
};

export interface WindowKeeper {
  open(): void;
  /** A page has come; call what is returned when it goes. */
  pageCame(): () => void;
  waitingChanged(count: number): void;
  /** Closes the window; what follows is as when the clerk closes it. */
  closeWindow(): void;
  /** Ends the browser and says no more. */
  stop(): Promise<void>;
}

/**
 * Keeps the station alive as long as there is a window, or as long as something waits and is to be sent.
 *
 * Neither sign alone says that a window is closed: a browser that hands over to a running one exits at once,
 * and a page that reloads is away for a moment.
 */
export function createWindowKeeper(options: WindowKeeperOptions): WindowKeeper {
  const { graceMs = GRACE_MS, quietMs = QUIET_MS } = options;
  let mode: 'window' | 'background' | 'done' = 'window';
  let child: ChildProcess | null = null;
  const handing = new Set<ChildProcess>();
  let pages = 0;
  let wasThere = false;
  let waiting = 0;
  let backgroundStarts = 0;
  let goneTimer: NodeJS.Timeout | undefined;
  let quietTimer: NodeJS.Timeout | undefined;

  function launch(background: boolean): void {
    clearTimeout(goneTimer);
    const started = options.launch(background);
    child = started;
    const gone = () => {
      if (child !== started) return;
      child = null;
      look();
    };
    started.on('exit', gone);
    started.on('error', gone);
  }

  /** Most hand over to the running browser and end; one that does not ends with it. */
  function hand(): void {
    const started = options.launch(false);
    handing.add(started);
    const ended = () => handing.delete(started);
    started.on('exit', ended);
    started.on('error', ended);
  }

  function look(): void {
    clearTimeout(goneTimer);
    if (mode !== 'done' && child === null && pages === 0) goneTimer = setTimeout(gone, graceMs);
  }

  function gone(): void {
    const sends = waiting > 0 && options.keepsSending() && backgroundStarts < MOST_BACKGROUND_STARTS;
    if (!wasThere || !sends) {
      done(wasThere ? 'closed' : 'never-opened');
      return;
    }
    backgroundStarts += 1;
    mode = 'background';
    launch(true);
  }

  function done(reason: 'closed' | 'never-opened'): void {
    if (mode === 'done') return;
    mode = 'done';
    clearTimeout(goneTimer);
    clearTimeout(quietTimer);
    void endChild().then(() => options.onDone(reason));
  }

  function endChild(): Promise<void> {
    for (const it of handing) it.kill('SIGTERM');
    const ending = child;
    if (ending === null) return Promise.resolve();
    child = null;
    return new Promise((resolve) => {
      const late = setTimeout(() => ending.kill('SIGKILL'), KILL_AFTER_MS);
      ending.once('exit', () => {
        clearTimeout(late);
        resolve();
      });
      ending.kill('SIGTERM');
    });
  }

  return {
    open() {
      if (mode === 'done') return;
      clearTimeout(goneTimer);
      clearTimeout(quietTimer);
      if (mode === 'window') {
        // With a window open already, the browser opens another of the same profile and ends this child.
        if (child === null) launch(false);
        else hand();
        return;
      }
      mode = 'window';
      backgroundStarts = 0;
      void endChild().then(() => {
        if (mode === 'window' && child === null) launch(false);
      });
    },
    pageCame() {
      pages += 1;
      wasThere = true;
      clearTimeout(goneTimer);
      let isHere = true;
      return () => {
        if (!isHere) return;
        isHere = false;
        pages -= 1;
        look();
      };
    },
    waitingChanged(count) {
      waiting = count;
      clearTimeout(quietTimer);
      // A page that has just begun may not have counted yet: nothing must wait for a while.
      if (mode === 'background' && count === 0) quietTimer = setTimeout(() => done('closed'), quietMs);
    },
    closeWindow() {
      if (mode === 'window') child?.kill('SIGTERM');
    },
    async stop() {
      mode = 'done';
      clearTimeout(goneTimer);
      clearTimeout(quietTimer);
      await endChild();
    },
  };
}
