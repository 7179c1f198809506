import type { RecordedRun, RecordedSeries, Understanding, UnderstoodColumn } from '../series/index.js';

/** How one file was understood, for a program. */
export interface Explanation extends Understanding {
  readonly file: string;
  readonly services: readonly string[];
  /** The first readings of the first service, in seconds, requests and bytes. */
  readonly first: readonly Readonly<Record<string, number | null>>[];
}

const FIRST = 3;

/** How a file was understood, with its first readings. */
export function explain({ source, services, understood }: RecordedRun): Explanation {
  return {
    file: source,
    ...(understood ?? { kind: 'series', rows: 0, columns: [], remarks: [] }),
    services: services.flatMap(({ service }) => service ?? []),
    first: firstReadings(services[0], understood?.columns ?? []),
  };
}

function firstReadings(
  series: RecordedSeries | undefined,
  columns: readonly UnderstoodColumn[],
): Record<string, number | null>[] {
  if (series === undefined) return [];
  const metrics = columns.flatMap(({ metric }) => metric ?? []);
  return Array.from({ length: Math.min(FIRST, series.time.length) }, (_, row) => ({
    time: known(series.time[row]),
    requests: known(series.requests?.[row]),
    ...Object.fromEntries(metrics.map((name) => [name, known(series.values[name]?.[row])])),
  }));
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** One line for all files that were understood in the same way. */
export function inShort(all: readonly Explanation[]): string[] {
  const alike = new Map<string, Explanation[]>();
  for (const one of all) {
    const text = sentence(one);
    alike.set(text, [...(alike.get(text) ?? []), one]);
  }
  return [...alike].map(([text, files]) => {
    const more = files.length - 1;
    return `${files[0]?.file}${more === 0 ? '' : ` and ${more} more`}: ${text}`;
  });
}

function sentence({ kind, columns, services, remarks }: Explanation): string {
  const parts = columns.map(({ role, name, metric, reading }) => {
    const called = metric === undefined || metric === name ? '' : ` as ${metric}`;
    return `${ROLES[role]} from "${name}"${called} (${reading})`;
  });
  const counted = columns.some(({ role }) => role === 'requests') ? [] : ['no count of requests'];
  return [kind, ...parts, ...counted, ...(services.length > 1 ? [`${services.length} services`] : []), ...remarks].join(
    '; ',
  );
}

const ROLES = { time: 'time', requests: 'requests', service: 'services', memory: 'memory', count: 'counts' } as const;

/** A detailed text for each file: its kind, its columns and its first readings. */
export function inFull(all: readonly Explanation[]): string[] {
  return all.flatMap((one) => [
    `${one.file}: ${one.kind}, ${one.rows} rows`,
    ...one.columns.map(
      ({ role, name, metric, reading }) =>
        `  ${ROLES[role].padEnd(9)}"${name}"${metric === undefined ? '' : ` → ${metric}`}: ${reading}`,
    ),
    ...(one.services.length > 1 ? [`  services: ${one.services.join(', ')}`] : []),
    ...one.remarks.map((remark) => `  ${remark}`),
    ...one.first.map(
      (reading) =>
        `  ${Object.entries(reading)
          .map(([name, value]) => `${name} ${value ?? 'not read'}`)
          .join('  ')}`,
    ),
  ]);
}
