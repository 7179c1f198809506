import { seriesError, type ReadOptions, type RecordedRun } from '../series/index.js';
import { seriesOfLabelled } from './labelled.js';
import type { Line } from './lines.js';

const LINE = /^([^,\s]+(?:\\.[^,\s]*)*)((?:,[^=\s]+=(?:\\.|[^,\s\\])+)*)\s+([^\s=]+=.+?)\s+(\d{9,19})$/;
const UNITS: readonly (readonly [atLeast: number, perSecond: number])[] = [
  [1e17, 1e9],
  [1e14, 1e6],
  [1e11, 1e3],
];

interface Building {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly times: number[];
  readonly values: number[];
}

/** Whether a line is one of InfluxDB's line protocol: `docker,container=waf rss=123i 1732700000000000000`. */
export function isInfluxLine(text: string): boolean {
  return LINE.test(text.trim());
}

/**
 * Reads InfluxDB lines: tags are labels, each field is a metric.
 * @throws SlopegateError SERIES_INVALID with the line that is wrong
 */
export async function readInflux(lines: AsyncIterable<Line>, file: string, options: ReadOptions): Promise<RecordedRun> {
  const all = new Map<string, Building>();
  for await (const { text, number } of lines) {
    if (text.trim() === '' || text.startsWith('#')) continue;
    const [, , tags = '', fields = '', stamp = ''] = LINE.exec(text.trim()) ?? [];
    if (stamp === '')
      throw seriesError(
        'this is not a line of InfluxDB with a time',
        `${file}:${number}:1`,
        'expected measurement,tag=value field=1,field=2 1732700000000000000',
      );
    const time = Number(stamp) / (UNITS.find(([atLeast]) => Number(stamp) >= atLeast)?.[1] ?? 1);
    const labels = Object.fromEntries(pairs(tags.slice(1)));
    for (const [field, value] of pairs(fields)) {
      const measured = Number(value.replace(/[iu]$/, ''));
      if (!Number.isFinite(measured)) continue;
      const key = `${field} ${tags}`;
      const series = all.get(key) ?? { name: field, labels, times: [], values: [] };
      series.times.push(time);
      series.values.push(measured);
      all.set(key, series);
    }
  }
  return seriesOfLabelled([...all.values()].map(inOrder), { file, kind: 'InfluxDB lines' }, options);
}

function pairs(text: string): [string, string][] {
  return text
    .split(/(?<!\\),/)
    .filter((pair) => pair.includes('='))
    .map((pair) => {
      const at = pair.indexOf('=');
      return [
        pair.slice(0, at).replace(/\\(.)/g, '$1'),
        pair
          .slice(at + 1)
          .replace(/\\(.)/g, '$1')
          .replace(/^"|"$/g, ''),
      ];
    });
}

function inOrder(series: Building): Building {
  const rows = series.times.map((_, n) => n).sort((a, b) => (series.times[a] as number) - (series.times[b] as number));
  return {
    ...series,
    times: rows.map((n) => series.times[n] as number),
    values: rows.map((n) => series.values[n] as number),
  };
}
