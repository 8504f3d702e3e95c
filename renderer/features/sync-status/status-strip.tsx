import { Group, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconClockExclamation,
  IconCloudCheck,
  IconCloudDown,
  IconCloudOff,
  IconCloudUp,
  IconDeviceDesktop,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { DeviceSigns } from '../../components/device-mark.tsx';
import { IconLine, type LineIcon, type Tone } from '../../components/icon-line.tsx';
import { useDesk, useMe } from '../../data/desk.ts';
import { useCentre, useUtcOffset } from '../../data/use-catalogue.ts';
import { useDevices } from '../../data/use-devices.ts';
import { useNow } from '../../data/use-now.ts';
import { useFewOfflineDays } from '../../data/use-offline-days.ts';
import { useSyncStatus } from '../../data/use-sync.ts';
import { formatTime } from '../../i18n/format.ts';
import { formatDuration } from '../../i18n/format-duration.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import classes from './status-strip.module.css';
import { isDiskLow, needingYou, type SyncMood, syncLine, syncMood } from './sync-line.ts';

const TICK_MS = 5_000;
const DRIFT_ALLOWED_MS = 2 * 60_000;

const MOODS: Record<SyncMood, { icon: LineIcon; tone: Tone }> = {
  sent: { icon: IconCloudCheck, tone: 'good' },
  waiting: { icon: IconCloudUp, tone: 'attention' },
  receiving: { icon: IconCloudDown, tone: 'info' },
  trouble: { icon: IconCloudOff, tone: 'attention' },
};

/** Always in sight and always true: sync, devices, person and place. */
export function StatusStrip(): ReactElement {
  const { t } = useTranslate();
  return (
    <Group
      component="footer"
      className={classes.strip ?? ''}
      gap={0}
      wrap="nowrap"
      aria-label={t('strip.label')}
    >
      <SyncPart />
      <DevicesPart />
      <PersonPart />
    </Group>
  );
}

function SyncPart(): ReactElement {
  const { t, language } = useTranslate();
  const status = useSyncStatus();
  const now = useNow(TICK_MS);
  const utcOffsetMinutes = useUtcOffset();
  const needed = needingYou(status);
  const offlineDays = useFewOfflineDays();
  const { icon, tone } = MOODS[syncMood(status)];
  return (
    <Group gap={0} wrap="nowrap" className={classes.grow ?? ''} role="status">
      <Link to="/sync" className={classes.part ?? ''} data-part="sync">
        <IconLine icon={icon} tone={tone}>
          {syncLine(status, { t, language, now, utcOffsetMinutes })}
        </IconLine>
      </Link>
      {isDiskLow(status) && (
        <Link to="/sync" className={classes.part ?? ''} data-part="disk">
          <IconLine icon={IconAlertTriangle} tone="attention">
            {t('strip.diskLow')}
          </IconLine>
        </Link>
      )}
      {offlineDays !== null && (
        <Link to="/sync" className={classes.part ?? ''} data-part="offline-days">
          <IconLine icon={IconAlertTriangle} tone="attention">
            {t('strip.offlineDays', { count: offlineDays })}
          </IconLine>
        </Link>
      )}
      {needed > 0 && (
        <Link
          to={status.attention.records.length > 0 ? '/sync' : '/conflicts'}
          className={classes.part ?? ''}
          data-part="attention"
        >
          <IconLine icon={IconAlertTriangle} tone="bad">
            {t('strip.needYou', { count: needed })}
          </IconLine>
        </Link>
      )}
    </Group>
  );
}

function DevicesPart(): ReactElement {
  const { t } = useTranslate();
  const devices = useDevices() ?? [];
  return (
    <Link to="/devices" className={classes.part ?? ''} data-part="devices">
      {devices.length === 0 ? (
        <IconLine icon={IconDeviceDesktop} tone="quiet">
          {t('strip.noDevices')}
        </IconLine>
      ) : (
        <Group gap={8} wrap="nowrap">
          {devices.map((it) => (
            <DeviceSigns key={it.id} kind={it.kind} condition={it.condition} name={it.name} />
          ))}
        </Group>
      )}
    </Link>
  );
}

function PersonPart(): ReactElement {
  const { t, language } = useTranslate();
  const me = useMe();
  const { identity } = useDesk();
  const centre = useCentre();
  const now = useNow(TICK_MS);
  const utcOffsetMinutes = useUtcOffset();
  const drift = useSyncStatus().clockDriftMs ?? 0;
  return (
    <div className={`${classes.part} ${classes.person}`} data-part="person">
      <span className={classes.place}>
        <span>
          {me.name} · {t('strip.desk', { desk: identity.desk })}
        </span>
        <span>{centre?.name[language]}</span>
      </span>
      {Math.abs(drift) > DRIFT_ALLOWED_MS && (
        <span className={classes.warning}>
          <IconLine icon={IconClockExclamation} tone="bad" title={t('strip.clock.more')}>
            {t(drift > 0 ? 'strip.clock.ahead' : 'strip.clock.behind', {
              by: formatDuration(language, Math.abs(drift)),
            })}
          </IconLine>
        </span>
      )}
      <Text span size="sm" fw={600} className={classes.clock ?? ''}>
        {formatTime(language, now, utcOffsetMinutes)}
      </Text>
    </div>
  );
}
