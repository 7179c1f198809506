import { at, requirePoints, type Curve } from '../numbers.js';

/**
 * Candidate minus baseline, at the same number of requests since each window began: the shape at which the guards look.
 * The baseline is interpolated linearly at the candidate's x. What lies beyond the shorter window is left out. If both
 * arms have the same x, this is plain subtraction, and a step that comes on both arms at the same request cancels.
 * Domain: two points or more on each arm, x rising.
 * @throws RangeError if the windows do not overlap. Linear time.
 */
export function differenceCurve(
  baseline: Curve,
  candidate: Curve,
): { readonly x: Float64Array; readonly y: Float64Array } {
  requirePoints(baseline.x, baseline.y, 2);
  requirePoints(candidate.x, candidate.y, 2);
  const baselineX0 = at(baseline.x, 0);
  const candidateX0 = at(candidate.x, 0);
  const lastX = at(baseline.x, baseline.x.length - 1) - baselineX0;
  const offset = at(candidate.y, 0) - at(baseline.y, 0);
  const x = new Float64Array(candidate.x.length);
  const y = new Float64Array(candidate.x.length);
  let count = 0;
  let j = 0;
  for (let i = 0; i < candidate.x.length; i += 1) {
    const position = at(candidate.x, i) - candidateX0;
    if (position > lastX) break;
    while (j < baseline.x.length - 2 && at(baseline.x, j + 1) - baselineX0 <= position) j += 1;
    x[count] = position;
    y[count] = at(candidate.y, i) - interpolate(baseline, j, position + baselineX0) - offset;
    count += 1;
  }
  if (count < 2) throw new RangeError('the two windows do not overlap');
  return { x: x.subarray(0, count), y: y.subarray(0, count) };
}

function interpolate(curve: Curve, j: number, x: number): number {
  const left = at(curve.x, j);
  const width = at(curve.x, j + 1) - left;
  const low = at(curve.y, j);
  if (x === left || width === 0) return low;
  const high = at(curve.y, j + 1);
  return x === left + width ? high : low + ((high - low) * (x - left)) / width;
}
