import { Stack, Table, Text } from '@mantine/core';
import { IconDevices } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { DeviceConditionMark, DeviceKindMark } from '../../components/device-mark.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { useDevices } from '../../data/use-devices.ts';
import { useTranslate } from '../../i18n/use-translate.tsx';

/** What is plugged into this workstation and how it is. */
export function DevicesScreen(): ReactElement {
  const { t } = useTranslate();
  const devices = useDevices();
  return (
    <Stack gap="md">
      <PageHeader title={t('devices.title')} below={t('devices.explain')} />
      {devices === undefined && <Text role="status">{t('devices.reading')}</Text>}
      {devices?.length === 0 && (
        <Panel>
          <EmptyState icon={IconDevices} title={t('devices.none')}>
            {t('devices.none.next')}
          </EmptyState>
        </Panel>
      )}
      {devices !== undefined && devices.length > 0 && (
        <Panel>
          <Table verticalSpacing="sm" aria-label={t('devices.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('devices.column.kind')}</Table.Th>
                <Table.Th>{t('devices.column.name')}</Table.Th>
                <Table.Th>{t('devices.column.condition')}</Table.Th>
                <Table.Th>{t('devices.column.next')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {devices.map((it) => (
                <Table.Tr key={it.id}>
                  <Table.Td>
                    <DeviceKindMark kind={it.kind} />
                  </Table.Td>
                  <Table.Td>{it.name}</Table.Td>
                  <Table.Td>
                    <DeviceConditionMark condition={it.condition} />
                  </Table.Td>
                  <Table.Td>{t(`device.next.${it.condition}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      )}
    </Stack>
  );
}
