/** Spread of a replicate's difference of slopes (bytes per request) by the length of the window. */
export interface NoisePoint {
  readonly seconds: number;
  readonly deviation: number;
}

/**
 * The noise that is assumed if nobody measured it: nginx with ModSecurity and the CRS under bursts, 20 pairs of equal
 * versions at 75 requests/s beside other runs on two cores (docs/bench-statistics.md). Lua, Apache and collectors vary
 * several times as much.
 */
export const TYPICAL_NOISE: readonly NoisePoint[] = [
  { seconds: 60, deviation: 4.4 },
  { seconds: 120, deviation: 2.9 },
  { seconds: 300, deviation: 0.6 },
];

/**
 * How the spread falls with the length of the window, for spreads that are large enough to matter. A calibration is
 * converted to other lengths with it. It is one slope's standard deviation, measured on an evenly warmed-up nginx
 * (11.2, 6.8, 4.0 and 2.7 B/request), times √2 for the difference of two.
 */
export const NOISE_BY_LENGTH: readonly NoisePoint[] = [
  { seconds: 60, deviation: 15.9 },
  { seconds: 120, deviation: 9.6 },
  { seconds: 300, deviation: 5.7 },
  { seconds: 900, deviation: 3.8 },
];

/**
 * The spread that a window of this many seconds should have: straight lines between the points on logarithmic scales,
 * and continued beyond the outermost points. If points were measured, they say how large the spread is, and `shape`
 * says how it changes between and beyond them. Domain: seconds > 0, points rising with deviations above 0.
 * @throws RangeError with no point.
 */
export function deviationAt(
  points: readonly NoisePoint[],
  seconds: number,
  shape: readonly NoisePoint[] = points,
): number {
  if (points.length === 0 || !(seconds > 0))
    throw new RangeError(`no spread for ${seconds} s from ${points.length} points`);
  if (shape === points) return onLine(points, seconds, true);
  const ratios = points.map((point) => ({
    seconds: point.seconds,
    deviation: point.deviation / onLine(shape, point.seconds, true),
  }));
  return onLine(shape, seconds, true) * onLine(ratios, seconds, false);
}

function onLine(points: readonly NoisePoint[], seconds: number, beyond: boolean): number {
  const first = points[0] as NoisePoint;
  const last = points.at(-1) as NoisePoint;
  const at = beyond ? seconds : Math.min(Math.max(seconds, first.seconds), last.seconds);
  if (points.length === 1) return first.deviation;
  const above = points.findIndex((point, i) => i > 0 && point.seconds >= at);
  const [a, b] = points.slice(above === -1 ? -2 : above - 1) as [NoisePoint, NoisePoint];
  const share = Math.log(at / a.seconds) / Math.log(b.seconds / a.seconds);
  return a.deviation * (b.deviation / a.deviation) ** share;
}
