import { type Clerk, createClerk, signIn, waitForFirstSync } from './clerk.ts';
import { type CuttableLine, openCuttableLine } from './cuttable-line.ts';
import { type DeskOptions, openDesk, type TestDesk } from './desk.ts';

/** A desk with a line of its own that can be cut, and whoever sits there. */
export type DeskOnLine<Desk extends TestDesk = TestDesk> = {
  desk: Desk;
  line: CuttableLine;
  clerk: Clerk;
  close(): Promise<void>;
};

/** Opens a desk behind its own line and signs somebody in; it is enrolled and has the catalogue then. */
export async function openDeskOnLine<Desk extends TestDesk>(
  options: DeskOptions & { staff: string },
  open: (options: DeskOptions) => Promise<Desk>,
): Promise<DeskOnLine<Desk>> {
  const line = await openCuttableLine(options.central);
  const desk = await open({ ...options, central: line.url });
  const clerk = createClerk(desk);
  const close = async (): Promise<void> => {
    await desk.close();
    await line.close();
  };
  try {
    await signIn(clerk, options.staff);
    await waitForFirstSync(clerk);
  } catch (error) {
    await close();
    throw error;
  }
  return { desk, line, clerk, close };
}

/** A desk in the browser shell behind its own line. */
export function openBrowserDesk(options: DeskOptions & { staff: string }) {
  return openDeskOnLine(options, openDesk);
}
