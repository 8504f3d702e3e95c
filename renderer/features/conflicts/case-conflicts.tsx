import { Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Case } from '#model/case';
import { settleConflict } from '#model/resolve-conflict';
import { toConflictItems } from '../../components/conflict-item.ts';
import { ConflictList } from '../../components/conflict-list.tsx';
import { createFieldReader } from '../../components/field-reader.ts';
import { Notice } from '../../components/notice.tsx';
import { useReference, useService, useStaffName, useUtcOffset } from '../../data/use-catalogue.ts';
import { useSave } from '../../data/use-save.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';

/** The conflicts of one case, each settled by an ordinary event. */
export function CaseConflicts({ it, maySettle }: { it: Case; maySettle: boolean }): ReactElement {
  const { t, language } = useTranslate();
  const { save, failed } = useSave(it.id);
  const service = useService(it.serviceCode, it.serviceVersion);
  const places = useReference('place') ?? [];
  const staffName = useStaffName();
  const utcOffsetMinutes = useUtcOffset();

  const reader = createFieldReader({ service, places, language, t });
  const items = toConflictItems(it, { reader, language, utcOffsetMinutes, staffName });

  return (
    <Stack gap="xs">
      <Text size="sm">{service?.name[language] ?? t('service.unknown', { code: it.serviceCode })}</Text>
      {failed !== undefined && <Notice tone="bad">{t(`save.${failed}`)}</Notice>}
      <ConflictList
        items={items}
        onSettle={maySettle ? (item, choice) => void save(settleConflict(item.conflict, choice)) : undefined}
      />
    </Stack>
  );
}
