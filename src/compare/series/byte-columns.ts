import type { RecordedRun, RecordedSeries } from './recorded-series.js';

const FACTORS: Readonly<Record<string, number>> = {
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};
const SUFFIX = /^(.*)_(kb|mb|gb|kib|mib|gib)$/i;

/** The name under which a column with a unit is judged: `rss_mib` becomes `rss_bytes`. */
export function byteName(name: string): string {
  return name.replace(SUFFIX, '$1_bytes');
}

/** The run with one column under another name. */
export function renamed(run: RecordedRun, from: string, to: string): RecordedRun {
  const rename = (values: RecordedSeries['values']): RecordedSeries['values'] =>
    Object.fromEntries(Object.entries(values).map(([name, column]) => [name === from ? to : name, column]));
  return { ...run, services: run.services.map((series) => ({ ...series, values: rename(series.values) })) };
}

/** Columns whose names end in a unit other than bytes, in bytes. */
export function inBytes(run: RecordedRun): RecordedRun {
  const services = run.services.map((series) => ({
    ...series,
    values: Object.fromEntries(
      Object.entries(series.values).map(([name, column]) => {
        const factor = FACTORS[SUFFIX.exec(name)?.[2]?.toLowerCase() ?? ''];
        return factor === undefined
          ? [name, column]
          : [byteName(name), Float64Array.from(column, (value) => value * factor)];
      }),
    ),
  }));
  return { ...run, services };
}
