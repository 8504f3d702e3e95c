import { Stack, Text } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { Case } from '#model/case';
import { settleConflict } from '#model/resolve-conflict';
import { type ConflictItem, toConflictItems } from '../../components/conflict-item.ts';
import { type ConflictChoice, ConflictList } from '../../components/conflict-list.tsx';
import { createFieldReader } from '../../components/field-reader.ts';
import { Notice } from '../../components/notice.tsx';
import { useRecord } from '../../data/use-case.ts';
import { useReference, useService, useStaffName, useUtcOffset } from '../../data/use-catalogue.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';

/** The conflicts of one case, each settled by an ordinary event. */
export function CaseConflicts({ it, maySettle }: { it: Case; maySettle: boolean }): ReactElement {
  const { t, language } = useTranslate();
  const record = useRecord(it.id);
  const service = useService(it.serviceCode, it.serviceVersion);
  const places = useReference('place') ?? [];
  const staffName = useStaffName();
  const utcOffsetMinutes = useUtcOffset();
  const [failed, setFailed] = useState<'disk-full' | 'disk-failed'>();

  const reader = createFieldReader({ service, places, language, t });
  const items = toConflictItems(it, { reader, language, utcOffsetMinutes, staffName });
  const settle = async (item: ConflictItem, choice: ConflictChoice): Promise<void> => {
    const answer = await record(settleConflict(item.conflict, choice));
    setFailed(answer.outcome === 'saved' ? undefined : answer.outcome);
  };

  return (
    <Stack gap="xs">
      <Text size="sm">{service?.name[language] ?? t('service.unknown', { code: it.serviceCode })}</Text>
      {failed !== undefined && <Notice tone="bad">{t(`save.${failed}`)}</Notice>}
      <ConflictList
        items={items}
        onSettle={maySettle ? (item, choice) => void settle(item, choice) : undefined}
      />
    </Stack>
  );
}
