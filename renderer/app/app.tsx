import { MantineProvider } from '@mantine/core';
import { type ReactElement, useCallback, useEffect, useState } from 'react';
import type { Identity, Settings } from '#contract/station-contract';
import { type Desk, DeskContext, SettingsContext } from '../data/desk.ts';
import { type OpenedStation, openDesk, readStation } from '../data/open-desk.ts';
import { EnrolScreen } from '../features/sign-in/enrol-screen.tsx';
import { LanguageProvider } from '../i18n/use-translate.tsx';
import { FatalScreen, OpeningScreen } from './fatal-screen.tsx';
import { openStation } from './open-station.ts';
import { Seat } from './seat.tsx';
import { theme } from './theme.ts';
import { useNoStrayDrops } from './use-no-stray-drops.ts';

type Stage =
  | { at: 'opening' }
  | { at: 'no-session' }
  | { at: 'failed' }
  | { at: 'enrol'; opened: OpenedStation }
  | { at: 'desk'; desk: Desk };

/** From an empty page to a desk with somebody at it. */
export function App(): ReactElement {
  useNoStrayDrops();
  const [stage, setStage] = useState<Stage>({ at: 'opening' });
  const [opened, setOpened] = useState<OpenedStation | null>(null);
  const [settings, setSettings] = useState<Settings>({
    language: 'uz-Latn',
    theme: 'light',
    keepSending: true,
  });

  const enter = useCallback(async (it: OpenedStation, identity: Identity) => {
    const desk = await openDesk(it, identity);
    setStage({ at: 'desk', desk });
  }, []);

  // Once there is no session, that is why everything else fails.
  const fail = useCallback(() => setStage((now) => (now.at === 'no-session' ? now : { at: 'failed' })), []);

  useEffect(() => {
    let wanted = true;
    const open = async (): Promise<void> => {
      const answer = await openStation();
      if (!wanted) return;
      if (answer.outcome === 'no-session') return setStage({ at: 'no-session' });
      answer.station.onClose(() => setStage({ at: 'no-session' }));
      const it = await readStation(answer.station, answer.fetchCentral);
      setOpened(it);
      setSettings(it.settings);
      if (it.identity === null) setStage({ at: 'enrol', opened: it });
      else await enter(it, it.identity);
    };
    open().catch(fail);
    return () => {
      wanted = false;
    };
  }, [enter, fail]);

  const change = (part: Partial<Settings>): void => {
    const next = { ...settings, ...part };
    setSettings(next);
    void opened?.station.call('settings.write', next);
  };

  return (
    <MantineProvider theme={theme} forceColorScheme={settings.theme === 'dark' ? 'dark' : 'light'}>
      <LanguageProvider language={settings.language}>
        <SettingsContext value={{ settings, change }}>
          {stage.at === 'opening' && <OpeningScreen />}
          {(stage.at === 'no-session' || stage.at === 'failed') && <FatalScreen reason={stage.at} />}
          {stage.at === 'enrol' && (
            <EnrolScreen
              opened={stage.opened}
              onEnrolled={(identity) => enter(stage.opened, identity)}
              onFailed={fail}
            />
          )}
          {stage.at === 'desk' && (
            <DeskContext value={stage.desk}>
              <Seat />
            </DeskContext>
          )}
        </SettingsContext>
      </LanguageProvider>
    </MantineProvider>
  );
}
