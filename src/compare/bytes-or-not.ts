import { seriesError, type RecordedRun } from '../series/index.js';

/** No complete process needs less. */
const LEAST_BYTES = 65_536;
/** As KiB, this would be more than a quarter of a TiB, so such numbers are bytes. */
const SURELY_BYTES = 2 ** 28;
/**
 * The kernel counts memory in pages. If all values are whole pages in bytes, reading them as KiB would mean steps of 4
 * MiB.
 */
const PAGE = 4096;
const LEAST_AS_PAGES = 1024 ** 2;
const LOOKED_AT = 2_000;

/**
 * Makes sure that a metric is in bytes: its name says so, or its values can be nothing else.
 * @throws SlopegateError SERIES_INVALID if the unit is not known, or the values are too small for bytes
 */
export function requireBytes(runs: readonly RecordedRun[], metric: string): void {
  const named = metric.endsWith('_bytes');
  for (const { source, services } of runs)
    for (const { values } of services) {
      const { highest, inPages } = look(values[metric] ?? []);
      if (named && highest < LEAST_BYTES)
        throw seriesError(
          `"${metric}" is at most ${highest}: this is not memory in bytes`,
          `${source}:1:1`,
          'put the unit into the name of the column (rss_kib, rss_mib), or use --unit KiB with a column that names ' +
            'none',
        );
      const surely = highest >= SURELY_BYTES || (inPages && highest >= LEAST_AS_PAGES);
      if (!named && !surely)
        throw seriesError(
          `"${metric}" states no unit, and is at most ${highest}: bytes, KiB or MiB?`,
          `${source}:1:1`,
          `use ${meanings(highest)}; or put the unit into the name of the column: rss_kib`,
        );
    }
}

function look(column: ArrayLike<number>): { highest: number; inPages: boolean } {
  let highest = 0;
  let inPages = true;
  const every = Math.max(1, Math.floor(column.length / LOOKED_AT));
  for (let row = 0; row < column.length; row += 1) {
    const value = column[row] as number;
    if (value > highest) highest = value;
    if (row % every === 0 && Number.isFinite(value) && value % PAGE !== 0) inPages = false;
  }
  return { highest, inPages };
}

/** The highest level in each unit, so that the user sees at once which one is right. */
function meanings(highest: number): string {
  const units = [
    ['KiB', 1024],
    ['MiB', 1024 ** 2],
    ['B', 1],
  ] as const;
  return units.map(([unit, bytes]) => `--unit ${unit} (${size(highest * bytes)})`).join(', ');
}

function size(bytes: number): string {
  const powers = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = Math.min(powers.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return `${Number((bytes / 1024 ** power).toPrecision(3))} ${powers[power]}`;
}
