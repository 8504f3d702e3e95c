import { join } from 'node:path';
import { Settings } from '#contract/station-contract';
import { createQueue, readJsonFile, type WriteOutcome, writeDurably } from './durable-file.ts';

export interface SettingsStore {
  read(): Settings;
  write(settings: Settings): Promise<WriteOutcome>;
}

/** What was set on this computer. Damaged settings are defaults again; keys of newer versions stay. */
export async function openSettings(folder: string): Promise<SettingsStore> {
  const path = join(folder, 'settings.json');
  const inOrder = createQueue();
  const read = await readJsonFile(path);
  const isObject = read.outcome === 'read' && typeof read.value === 'object' && read.value !== null;
  let all: object = isObject ? (read.value as object) : {};
  let current = toSettings(all);
  return {
    read: () => current,
    write: (settings) =>
      inOrder(async () => {
        const next = { ...all, ...settings };
        const outcome = await writeDurably(path, JSON.stringify(next, null, 2));
        if (outcome.outcome === 'saved') {
          all = next;
          current = settings;
        }
        return outcome;
      }),
  };
}

/** One key that a newer version gave a value we do not know must not cost the others. */
function toSettings(raw: object): Settings {
  const whole = Settings.safeParse(raw);
  if (whole.success) return whole.data;
  const known = Object.entries(raw).filter(([key, value]) => Settings.safeParse({ [key]: value }).success);
  return Settings.parse(Object.fromEntries(known));
}
