import { Paper, Text } from '@mantine/core';
import type { ReactElement } from 'react';

/** One figure of a page with its name above and a remark below. */
export function FactBox(props: { label: string; value: string; more?: string | undefined }): ReactElement {
  return (
    <Paper withBorder p="sm" bg="var(--darcha-surface)">
      <Text size="sm" c="dimmed">
        {props.label}
      </Text>
      <Text fw={600} size="lg">
        {props.value}
      </Text>
      {props.more !== undefined && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {props.more}
        </Text>
      )}
    </Paper>
  );
}
