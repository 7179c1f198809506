/** A linear scale from values to picture units. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  (value: number): number;
}

export function scale(from: number, to: number, start: number, end: number): Scale {
  const span = to - from || 1;
  return Object.assign((value: number): number => start + ((value - from) / span) * (end - start), { from, to });
}

const STEPS = [1, 2, 2.5, 5, 10] as const;

/** Round values inside [from, to], about `target` of them. */
export function ticks(from: number, to: number, target: number): readonly number[] {
  const rough = (to - from) / Math.max(1, target);
  if (!(rough > 0) || !Number.isFinite(rough)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((candidate) => candidate * power >= rough) ?? 10) * power;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first;
  return Array.from({ length: count + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Least and greatest of the finite values; [0, 1] of none. */
export function extent(values: readonly number[]): readonly [least: number, greatest: number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return least <= greatest ? [least, greatest] : [0, 1];
}

/** The extent with some space around it, and never narrower than `least`, so that noise does not look like growth. */
export function padded([low, high]: readonly [number, number], least: number): readonly [number, number] {
  const span = Math.max((high - low) * 1.25, least, Number.EPSILON);
  const middle = (low + high) / 2;
  return [middle - span / 2, middle + span / 2];
}
