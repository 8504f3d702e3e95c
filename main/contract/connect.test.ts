import { createWirePair } from '../../tests/suites/memory-wire.ts';
import { runWireTests } from '../../tests/suites/run-wire-tests.ts';

runWireTests('within one process', async () => {
  const [screen, station] = createWirePair();
  return { screen, station };
});
