import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core';
import {
  IconCheck,
  IconChevronDown,
  IconLock,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { LANGUAGES, Language } from '#model/local-text';
import { KeyHint } from '../components/key-hint.tsx';
import { LANGUAGE_NAMES } from '../components/language-names.ts';
import { useMe, useSession, useSettings } from '../data/desk.ts';
import { useTranslate } from '../i18n/use-translate.tsx';
import classes from './user-menu.module.css';

/** Who is signed in, and what one may set for oneself. */
export function UserMenu(): ReactElement {
  const { t } = useTranslate();
  const me = useMe();
  const { lock, signOut } = useSession();
  const { settings, change } = useSettings();
  const isDark = settings.theme === 'dark';
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.who ?? ''}>
          <IconUserCircle size={26} stroke={1.5} aria-hidden />
          <span className={classes.words}>
            <span className={classes.name}>{me.name}</span>
            <span className={classes.role}>{t(`role.${me.role}`)}</span>
          </span>
          <VisuallyHidden>{t('user.menu')}</VisuallyHidden>
          <IconChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('user.language')}</Menu.Label>
        <Menu.RadioGroup
          aria-label={t('user.language')}
          value={settings.language}
          onChange={(it) => change({ language: Language.parse(it) })}
        >
          {LANGUAGES.map((it) => (
            <Menu.RadioItem
              key={it}
              lang={it}
              value={it}
              closeMenuOnClick
              checkIcon={<IconCheck size={18} aria-hidden />}
            >
              {LANGUAGE_NAMES[it]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={isDark ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
          onClick={() => change({ theme: isDark ? 'light' : 'dark' })}
        >
          {t(isDark ? 'user.light' : 'user.dark')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLock size={18} aria-hidden />}
          rightSection={<KeyHint keys="Ctrl+L" />}
          onClick={lock}
        >
          {t('user.lock')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={signOut}>
          {t('user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
