/** What is counted, by name: `counter` only grows, `gauge` is as of now, `histogram` is of seconds. */
const FAMILIES = {
  darcha_requests_total: ['counter', 'Requests answered, by route, method and status.'],
  darcha_request_seconds: [
    'histogram',
    'Time from the head of a request to the end of its answer, by route.',
  ],
  darcha_answer_bytes_total: ['counter', 'Bytes of answers as sent, by route.'],
  darcha_refusals_total: ['counter', 'Refusals of the protocol, by code; gap is one of them.'],
  darcha_events_total: ['counter', 'Events that pushes were answered for, by what became of them.'],
  darcha_connections_open: ['gauge', 'Open connections of stations.'],
  darcha_database_connections: ['gauge', 'Connections to the database, by state.'],
  darcha_database_waiting: ['gauge', 'Requests that wait for a connection to the database.'],
  darcha_streams: ['gauge', 'Streams, by collection.'],
  darcha_stream_heads_sum: ['gauge', 'Sum of the heads of all streams, by collection.'],
  darcha_process_resident_bytes: ['gauge', 'Memory of this process.'],
  darcha_process_heap_bytes: ['gauge', 'What its objects take of that, with those not yet collected.'],
  darcha_process_uptime_seconds: ['gauge', 'Time since this process began.'],
} as const satisfies Record<string, readonly ['counter' | 'gauge' | 'histogram', string]>;

export type MetricName = keyof typeof FAMILIES;
type Labels = Record<string, string | number>;
export type Gauge = { name: MetricName; labels?: Labels; value: number };

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

export type Metrics = {
  add(name: MetricName, labels: Labels, by?: number): void;
  /** Seconds that something took. */
  observe(name: MetricName, labels: Labels, seconds: number): void;
  /** Prometheus' text format, with what is only known now. */
  toText(gauges: readonly Gauge[]): string;
};

/** Counts of this process; whoever collects them adds up the processes. */
export function createMetrics(): Metrics {
  const series = new Map<MetricName, Map<string, number>>();
  const add = (name: MetricName, key: string, by: number): void => {
    const values = series.get(name) ?? new Map<string, number>();
    values.set(key, (values.get(key) ?? 0) + by);
    series.set(name, values);
  };
  return {
    add: (name, labels, by = 1) => add(name, `${name}${toLabels(labels)}`, by),
    observe: (name, labels, seconds) => {
      for (const le of BUCKETS)
        add(name, `${name}_bucket${toLabels({ ...labels, le })}`, seconds <= le ? 1 : 0);
      add(name, `${name}_bucket${toLabels({ ...labels, le: '+Inf' })}`, 1);
      add(name, `${name}_sum${toLabels(labels)}`, seconds);
      add(name, `${name}_count${toLabels(labels)}`, 1);
    },
    toText: (gauges) => {
      const names = Object.keys(FAMILIES) as MetricName[];
      return names
        .map((name) => toFamily(name, [...(series.get(name) ?? []), ...toSeries(name, gauges)]))
        .join('');
    },
  };
}

function toSeries(name: MetricName, gauges: readonly Gauge[]): [string, number][] {
  const own = gauges.filter((it) => it.name === name);
  return own.map(({ labels = {}, value }) => [`${name}${toLabels(labels)}`, value]);
}

function toFamily(name: MetricName, values: readonly [string, number][]): string {
  const [type, help] = FAMILIES[name];
  const lines = values.map(([key, value]) => `${key} ${value}\n`).join('');
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines}`;
}

function toLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${toQuoted(String(value))}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function toQuoted(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
