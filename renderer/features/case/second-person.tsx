import { PasswordInput, Select, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Notice } from '../../components/notice.tsx';
import { SecretNotice } from '../../components/secret-notice.tsx';
import { useSecondPeople } from '../../data/use-may.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import type { SecondPersonInHand } from './use-second-person.ts';

/** Where four eyes are asked for: who else has looked, and that one's PIN. */
export function SecondPerson({ second }: { second: SecondPersonInHand }): ReactElement {
  const { t } = useTranslate();
  const people = useSecondPeople();
  const { refused } = second;
  const waitMs = refused?.outcome === 'wait' ? refused.waitMs : 0;
  if (people.length === 0) return <Notice tone="attention" title={t('second.none')} />;
  return (
    <Stack gap="xs">
      <Text fw={600}>{t('second.title')}</Text>
      <Select
        label={t('second.who')}
        data={people.map((it) => ({ value: it.id, label: `${it.name} · ${t(`role.${it.role}`)}` }))}
        value={second.who}
        onChange={second.choose}
        comboboxProps={{ withinPortal: false }}
      />
      <PasswordInput
        label={t('second.pin')}
        value={second.secret}
        onChange={(event) => second.type(event.currentTarget.value)}
        autoComplete="off"
        maxLength={200}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPin') }}
      />
      {refused?.outcome === 'nobody' && <Text c="var(--darcha-bad)">{t('second.needed')}</Text>}
      {refused?.outcome === 'no-days' && <Text c="var(--darcha-bad)">{t('signIn.no-days')}</Text>}
      <SecretNotice refused={refused} waitMs={waitMs} />
    </Stack>
  );
}
