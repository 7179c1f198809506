import { bytesIn, metricName, namedUnit, type RecordedRun, type RecordedSeries } from '../series/index.js';

/** The run with another name for one column. */
export function renamed(run: RecordedRun, from: string, to: string): RecordedRun {
  if (from === to) return run;
  const rename = (values: RecordedSeries['values']): RecordedSeries['values'] =>
    Object.fromEntries(Object.entries(values).map(([name, column]) => [name === from ? to : name, column]));
  return { ...run, services: run.services.map((series) => ({ ...series, values: rename(series.values) })) };
}

/** Columns whose names end in a unit other than bytes, in bytes: `rss_mib` becomes `rss_bytes`. */
export function inBytes(run: RecordedRun): RecordedRun {
  const services = run.services.map((series) => ({
    ...series,
    values: Object.fromEntries(
      Object.entries(series.values).map(([name, column]) => {
        const factor = bytesIn(namedUnit(name).unit ?? '');
        return factor === null || factor === 1
          ? [name, column]
          : [metricName(name, true), Float64Array.from(column, (value) => value * factor)];
      }),
    ),
  }));
  return { ...run, services };
}
