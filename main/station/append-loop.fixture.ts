// A child process for tests: appends for as long as it lives, and says each number once it was answered.
import { openJournal } from './journal.ts';
import { testSealer } from './sealer.fixture.ts';

const opened = await openJournal({
  folder: process.argv[2] ?? '',
  sealer: testSealer,
  now: Date.now,
  rotateBytes: 20_000,
});
if (opened.outcome !== 'open') process.exit(1);
const { journal } = opened;

async function appendForever(name: string): Promise<void> {
  for (;;) {
    const payload = `${name}-${'x'.repeat(Math.floor(Math.random() * 900))}`;
    const answer = await journal.append(payload);
    if (answer.outcome === 'saved') process.stdout.write(`${answer.n} ${payload}\n`);
  }
}

await Promise.all(['a', 'b', 'c'].map(appendForever));
