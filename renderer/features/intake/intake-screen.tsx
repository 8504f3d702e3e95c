import { Button } from '@mantine/core';
import { IconFileOff, IconUserShield } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { useMe } from '../../data/desk.ts';
import { useCentre, useService } from '../../data/use-catalogue.ts';
import { useDraft } from '../../data/use-drafts.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';
import { IntakeForm } from './intake-form.tsx';

/** A case in the making, by the id in the address. */
export function IntakeScreen(): ReactElement | null {
  const { draftId = '' }: { draftId?: string } = useParams({ strict: false });
  return <Intake key={draftId} draftId={draftId} />;
}

function Intake({ draftId }: { draftId: string }): ReactElement | null {
  const { t } = useTranslate();
  const me = useMe();
  const hand = useDraft(draftId);
  const service = useService(hand?.draft.serviceCode, hand?.draft.serviceVersion);
  const centre = useCentre();
  if (hand === undefined || (hand !== null && (service === undefined || centre === undefined))) return null;
  if (hand === null || service === null || service === undefined || !centre) {
    return (
      <EmptyState icon={IconFileOff} title={t(hand === null ? 'intake.gone' : 'intake.noService')}>
        <p>{t(hand === null ? 'intake.gone.next' : 'intake.noService.next')}</p>
        <Button component={Link} to="/">
          {t('intake.toCounter')}
        </Button>
      </EmptyState>
    );
  }
  if (hand.draft.startedBy !== me.id) {
    return (
      <EmptyState icon={IconUserShield} title={t('intake.notYours')}>
        <p>{t('intake.notYours.next')}</p>
        <Button component={Link} to="/">
          {t('intake.toCounter')}
        </Button>
      </EmptyState>
    );
  }
  return <IntakeForm hand={hand} service={service} centre={centre} />;
}
