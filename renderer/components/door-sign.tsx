import type { ReactElement } from 'react';

/** The small window after which the program is called. */
export function DoorSign({ size = 26 }: { size?: number }): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true" fill="none" stroke="currentColor">
      <path d="M3 25V11a10 10 0 0 1 20 0v14z" strokeWidth="2" />
      <path d="M8 25V12a5 5 0 0 1 10 0v13M13 7v18M8 16h10" strokeWidth="1.6" />
    </svg>
  );
}
