import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const linesOf = (text: string, name: string): string[] =>
  text.split('\n').filter((it) => it.startsWith(name));

it('says in the text format what was counted, and what is only known now', () => {
  const metrics = createMetrics();
  metrics.add('darcha_events_total', { status: 'ok' }, 20);
  metrics.add('darcha_events_total', { status: 'ok' });
  const text = metrics.toText([{ name: 'darcha_streams', labels: { coll: 'a"\\\n' }, value: 3 }]);
  expect(linesOf(text, 'darcha_events_total')).toEqual(['darcha_events_total{status="ok"} 21']);
  expect(linesOf(text, 'darcha_streams')).toEqual(['darcha_streams{coll="a\\"\\\\\\n"} 3']);
  expect(linesOf(text, '# TYPE darcha_events_total')).toEqual(['# TYPE darcha_events_total counter']);
});

it('puts a duration into every bucket that it fits, and into the last always', () => {
  const metrics = createMetrics();
  for (const seconds of [0.004, 0.2, 700])
    metrics.observe('darcha_request_seconds', { route: '/r' }, seconds);
  const lines = linesOf(metrics.toText([]), 'darcha_request_seconds');
  const readValue = (start: string): number =>
    Number(
      lines
        .find((it) => it.startsWith(start))
        ?.split(' ')
        .at(-1),
    );
  const bucket = (le: string): number => readValue(`darcha_request_seconds_bucket{route="/r",le="${le}"}`);
  expect(['0.005', '0.1', '0.25', '60', '+Inf'].map(bucket)).toEqual([1, 1, 2, 2, 3]);
  expect(readValue('darcha_request_seconds_count')).toBe(3);
  expect(readValue('darcha_request_seconds_sum')).toBeCloseTo(700.204);
});
