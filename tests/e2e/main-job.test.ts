import { expect, test } from 'vitest';
import { LANGUAGE_NAMES } from '../../renderer/components/language-names.ts';
import { createClerk, goTo, see } from './parts/clerk.ts';
import { draftLink, pasteMrz, SPECIMEN_CARD, SPECIMEN_NAME, startCase } from './parts/clerk-intake.ts';
import { openDesk } from './parts/desk.ts';
import { tellMainJob } from './parts/tell-main-job.ts';

const baxmal1 = tellMainJob('main-job', openDesk);

test('the counter, for the README', async () => {
  const { clerk, desk } = baxmal1();
  await startCase(clerk, 'suyunchi', 'SOC-03');
  await pasteMrz(clerk, SPECIMEN_CARD);
  await goTo(clerk, 'counter');
  await see(draftLink(clerk, SPECIMEN_NAME));
  await desk.page.getByRole('banner').getByRole('button').click();
  await desk.page.getByRole('menu').getByText(LANGUAGE_NAMES.en).click();
  const english = createClerk(desk, 'en');
  await see(desk.page.getByText(english.t('counter.top')));
  await desk.page.getByRole('menu').waitFor({ state: 'detached' });
  const picture = await desk.page.screenshot({ path: 'artefacts/readme-screenshot.png' });
  expect(picture.length).toBeGreaterThan(20_000);
});
