import { ALLOCATOR_STEP_BYTES, PRINTED_SHARES, PRINTED_UNITS, RESOLUTION_FIT } from '../method.js';
import { at, type Numbers } from '../numbers.js';

/** The grid of the readings of one series. */
export interface Grid {
  /** Width of the grid, y units; 0 if the readings lie on no grid, null if they never change and it is unknown. */
  readonly width: number | null;
  readonly first: number;
}

/**
 * The grid of a series: the smallest change between two readings, if every reading is a whole multiple of it. Tools
 * that print `238.1MiB` or `1GiB` round to such a grid. Readings that no tool `printed` are exact: if they never
 * change, they lie on no grid. Domain: one finite reading or more. Linear time. Source:
 * docs/method.md#step-3-spread-and-floor
 * @example gridOf([120e6, 120e6, 121e6, 123e6]) // { width: 1e6, first: 120e6 }
 */
export function gridOf(y: Numbers, printed: boolean = true): Grid {
  let smallest = Infinity;
  for (let i = 1; i < y.length; i += 1) {
    const change = Math.abs(at(y, i) - at(y, i - 1));
    if (change > 0 && change < smallest) smallest = change;
  }
  return { width: smallest === Infinity ? (printed ? null : 0) : widthOn(y, smallest), first: at(y, 0) };
}

/**
 * The resolution of a column from the series of its arms, y units; 0 if no rounding is known. Series of one arm that
 * never change are compared with each other: if their levels are whole multiples of the gap between them, they lie on a
 * grid too. If no series of any arm changes and there is no gap, the levels themselves decide: see `printedUnit`.
 * @example resolutionOf([[gridOf([10e6, 10e6]), gridOf([20e6, 20e6]), gridOf([40e6, 40e6])]]) // 10e6
 */
export function resolutionOf(arms: readonly (readonly Grid[])[]): number {
  const coarsest = Math.max(0, ...arms.map(gridOfArm));
  const grids = arms.flat();
  if (coarsest > 0 || grids.some(({ width }) => width !== null)) return coarsest;
  return printedUnit(grids.map(({ first }) => first));
}

function gridOfArm(series: readonly Grid[]): number {
  const widths = series.flatMap(({ width }) => width ?? []);
  const levels = Float64Array.from(series, ({ first }) => first).sort();
  const smallest = widths.length > 0 ? Math.min(...widths) : smallestGap(levels);
  return Number.isFinite(smallest) && smallest > 0 ? widthOn(levels, smallest) : 0;
}

/**
 * The largest unit in which a tool prints memory (`20MiB`, `12.34GiB`) of which all levels are exact multiples; 0 for
 * none. Pages are much smaller: by chance, one of 256 levels of a process is a whole number of MiB.
 */
function printedUnit(levels: readonly number[]): number {
  const units = PRINTED_UNITS.flatMap((unit) => PRINTED_SHARES.map((share) => unit * share));
  const fits = (unit: number): boolean =>
    levels.every((level) => level >= unit && Math.abs(level - Math.round(level / unit) * unit) <= 1);
  return Math.max(0, ...units.filter((unit) => unit > ALLOCATOR_STEP_BYTES && fits(unit)));
}

function smallestGap(sorted: Numbers): number {
  let smallest = Infinity;
  for (let i = 1; i < sorted.length; i += 1) {
    const gap = at(sorted, i) - at(sorted, i - 1);
    if (gap > 0 && gap < smallest) smallest = gap;
  }
  return smallest;
}

/** The grid width nearest to `width` of which all values are multiples; 0 for none. A rounded width becomes exact. */
function widthOn(y: Numbers, width: number): number {
  let highest = 0;
  for (let i = 0; i < y.length; i += 1) highest = Math.max(highest, Math.abs(at(y, i)));
  const steps = Math.round(highest / width);
  if (!(steps > 0)) return 0;
  const sharp = highest / steps;
  for (let i = 0; i < y.length; i += 1) {
    const position = at(y, i) / sharp;
    if (Math.abs(position - Math.round(position)) > RESOLUTION_FIT) return 0;
  }
  return sharp;
}
