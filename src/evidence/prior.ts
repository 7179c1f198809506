import { sameImages, type Recording } from '../model/index.js';
import { median } from '../statistics/numbers.js';
import type { TrialPair } from './replicates.js';
import type { Subject } from './subject.js';

/** A calibrated window counts as this run's where its requests differ by no more than this share. */
const LIKENESS = 0.1;

/**
 * The subjects with what is known of their spread before the run. `gate.prior: steps` takes the step term of the floor
 * for a bound on it where
 * memory is measured (`leastSpread`). `calibration` takes what A/A runs on this host lead to expect, where they were of
 * the same images and of
 * windows as long as these (`guardedQuantiles`).
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
