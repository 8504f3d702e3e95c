import {
  IconBarcode,
  IconCircleCheck,
  IconClockPause,
  IconExclamationCircle,
  IconHelpCircle,
  IconPlugOff,
  IconPrinter,
  IconScan,
  IconSignature,
} from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { useTranslate } from '../i18n/use-translate.tsx';
import { IconLine, type LineIcon, type Tone } from './icon-line.tsx';

type Kind = 'scanner' | 'printer' | 'signature-pad' | 'reader';
type Condition = 'ready' | 'busy' | 'attention' | 'offline' | 'unknown';

const KIND_ICONS: Record<Kind, LineIcon> = {
  scanner: IconScan,
  printer: IconPrinter,
  'signature-pad': IconSignature,
  reader: IconBarcode,
};

// What is not known is grey and never green.
const CONDITION_LOOKS: Record<Condition, { icon: LineIcon; tone: Tone }> = {
  ready: { icon: IconCircleCheck, tone: 'good' },
  busy: { icon: IconClockPause, tone: 'info' },
  attention: { icon: IconExclamationCircle, tone: 'attention' },
  offline: { icon: IconPlugOff, tone: 'bad' },
  unknown: { icon: IconHelpCircle, tone: 'quiet' },
};

export function DeviceKindMark({ kind }: { kind: Kind }): ReactElement {
  const { t } = useTranslate();
  return (
    <IconLine icon={KIND_ICONS[kind]} tone="quiet">
      {t(`device.kind.${kind}`)}
    </IconLine>
  );
}

export function DeviceConditionMark({ condition }: { condition: Condition }): ReactElement {
  const { t } = useTranslate();
  const { icon, tone } = CONDITION_LOOKS[condition];
  return (
    <IconLine icon={icon} tone={tone}>
      {t(`device.condition.${condition}`)}
    </IconLine>
  );
}

/** For a strip: the kind's sign with the condition's sign, named for those who cannot see them. */
export function DeviceSigns(props: { kind: Kind; condition: Condition; name: string }): ReactElement {
  const { t } = useTranslate();
  const { icon, tone } = CONDITION_LOOKS[props.condition];
  const Kind = KIND_ICONS[props.kind];
  const words = `${t(`device.kind.${props.kind}`)} ${props.name}: ${t(`device.condition.${props.condition}`)}`;
  return (
    <IconLine icon={icon} tone={tone} title={words}>
      <Kind size={18} role="img" aria-label={words} style={{ display: 'block' }} />
    </IconLine>
  );
}
