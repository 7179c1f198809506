import { sameImages, type Recording } from '../model/index.js';
import { median } from '../statistics/numbers.js';
import type { TrialPair } from './replicates.js';
import type { Subject } from './subject.js';

/** A calibration with another window length is used if its requests differ by no more than this share. */
const LIKENESS = 0.1;

/**
 * The subjects with what is known about their spread before the run. With `gate.prior: steps`, the step term of the
 * floor is a bound of the spread if memory is measured (`leastSpread`). With `calibration`, the spread of A/A runs on
 * this host is used if they had the same images and windows of this length (`guardedQuantiles`).
 */
export function withPriors(
  subjects: readonly Subject[],
  { manifest: { scenario, calibration } }: Recording,
  pairs: readonly TrialPair[],
): Subject[] {
  if (scenario.gate.prior === 'steps')
    return subjects.map((subject) => (subject.unit === 'bytes/request' ? { ...subject, stepsKnown: true } : subject));
  const usable =
    scenario.gate.prior === 'calibration' &&
    calibration &&
    pairs[0] &&
    sameImages(calibration, pairs[0].baseline.containers)
      ? calibration
      : null;
  return subjects.map((subject) => {
    const { role, services, replicates, unit } = subject;
    const points =
      usable !== null && unit === 'bytes/request' && services.baseline.length > 0 && services.candidate.length > 0
        ? (usable.scatter[role] ?? [])
        : [];
    if (points.length === 0 || replicates.length === 0) return subject;
    const requests = median(replicates.map(({ measure }) => measure.requests));
    const point = points.find((one) => Math.abs(one.requests / requests - 1) <= LIKENESS);
    return point === undefined ? subject : { ...subject, prior: point.deviation };
  });
}
