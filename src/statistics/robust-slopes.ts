import { at, median, requirePoints, type Numbers } from './numbers.js';

/** Pairwise slopes grow with n²; thin longer series with `equalCountBins` first. */
const MOST_POINTS = 200;

function requireFew(x: Numbers, y: Numbers): void {
  requirePoints(x, y, 2);
  if (x.length > MOST_POINTS)
    throw new RangeError(`${x.length} points are too many for pairwise slopes: bin them to ${MOST_POINTS} or fewer`);
}

function slopesFrom(x: Numbers, y: Numbers, i: number, from: number): number[] {
  const slopes: number[] = [];
  for (let j = from; j < x.length; j += 1) {
    const dx = at(x, j) - at(x, i);
    if (dx !== 0) slopes.push((at(y, j) - at(y, i)) / dx);
  }
  return slopes;
}

/**
 * Theil–Sen slope: the median of the slopes of all pairs of points. For reporting only: it eats small leaks and
 * invents growth on sawtooth memory. Domain: 2 to 200 points, at least two different x. @throws RangeError outside it.
 * Source: Sen, JASA 63 (1968).
 */
export function theilSenSlope(x: Numbers, y: Numbers): number {
  requireFew(x, y);
  const slopes = Array.from({ length: x.length }, (_, i) => slopesFrom(x, y, i, i + 1)).flat();
  if (slopes.length === 0) throw new RangeError('no slope: x does not vary');
  return median(slopes);
}

/**
 * Siegel's repeated medians: the median over points of the median slope to every other point. For reporting only.
 * Domain as `theilSenSlope`. Source: Siegel, Biometrika 69 (1982).
 */
export function siegelSlope(x: Numbers, y: Numbers): number {
  requireFew(x, y);
  const perPoint = Array.from({ length: x.length }, (_, i) => slopesFrom(x, y, i, 0)).filter(
    (slopes) => slopes.length > 0,
  );
  if (perPoint.length === 0) throw new RangeError('no slope: x does not vary');
  return median(perPoint.map((slopes) => median(slopes)));
}
