import {
  IconDeviceDesktop,
  IconFolders,
  IconLayoutGridAdd,
  IconRefresh,
  IconReportAnalytics,
} from '@tabler/icons-react';
import { Link, Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { DoorSign } from '../components/door-sign.tsx';
import { KeyHint } from '../components/key-hint.tsx';
import { KeysDialog } from '../components/keys-dialog.tsx';
import { KeysProvider, useKeys } from '../components/use-keys.tsx';
import { SearchBox } from '../features/search/search-box.tsx';
import { StatusStrip } from '../features/sync-status/status-strip.tsx';
import { useTranslate } from '../i18n/use-translate.tsx';
import classes from './frame.module.css';
import { UserMenu } from './user-menu.tsx';

const PLACES = [
  { to: '/', label: 'nav.counter', icon: IconLayoutGridAdd, keys: 'Alt+1' },
  { to: '/cases', label: 'nav.cases', icon: IconFolders, keys: 'Alt+2' },
  { to: '/reports', label: 'nav.reports', icon: IconReportAnalytics, keys: 'Alt+3' },
  { to: '/devices', label: 'nav.devices', icon: IconDeviceDesktop, keys: 'Alt+4' },
  { to: '/sync', label: 'nav.sync', icon: IconRefresh, keys: 'Alt+5' },
] as const;

/** Around every screen: where one can go, search, what is true of the line, and the keys. */
export function Frame(): ReactElement {
  return (
    <KeysProvider>
      <FramedScreens />
    </KeysProvider>
  );
}

function FramedScreens(): ReactElement {
  const { t } = useTranslate();
  const navigate = useNavigate();
  const router = useRouter();
  const [keysShown, setKeysShown] = useState(false);
  useKeys([
    { keys: 'F2', label: 'keys.newCase', run: () => void navigate({ to: '/' }) },
    ...PLACES.map((it) => ({ keys: it.keys, label: it.label, run: () => void navigate({ to: it.to }) })),
    { keys: 'Escape', label: 'keys.back', run: () => router.history.back() },
    // Heard by the seat, also where a dialog is open.
    { keys: 'Ctrl+L', label: 'keys.lock' },
    { keys: '?', label: 'keys.help', run: () => setKeysShown(true) },
  ]);

  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={focusMain}>
        {t('frame.skip')}
      </button>
      <nav className={classes.rail} aria-label={t('frame.nav')}>
        <div className={classes.name}>
          <DoorSign />
          {t('app.name')}
        </div>
        {PLACES.map(({ to, label, icon: Icon, keys }) => (
          <Link
            key={to}
            to={to}
            className={classes.place}
            activeOptions={{ exact: to === '/' }}
            aria-keyshortcuts={keys}
          >
            <Icon size={20} stroke={1.8} aria-hidden />
            <span className={classes.label}>{t(label)}</span>
            <KeyHint keys={keys} />
          </Link>
        ))}
        <button type="button" className={classes.help} onClick={() => setKeysShown(true)}>
          <KeyHint keys="?" />
          <span className={classes.label}>{t('keys.help')}</span>
        </button>
      </nav>
      <header className={classes.top}>
        <div className={classes.search}>
          <SearchBox />
        </div>
        <UserMenu />
      </header>
      <main className={classes.main} id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <div className={classes.strip}>
        <StatusStrip />
      </div>
      <KeysDialog opened={keysShown} onClose={() => setKeysShown(false)} />
    </div>
  );
}

// No link to `#main`: the address is the router's, and would name a screen that is not there.
function focusMain(): void {
  document.getElementById('main')?.focus();
}
