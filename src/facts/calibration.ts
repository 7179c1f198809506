import { sameImages, type Calibration } from '../model/index.js';
import type { Result } from '../results/index.js';
import { growth } from '../words/growth.js';
import { count, duration } from '../words/numbers.js';
import { isRecorded } from './recorded.js';
import { decisiveService } from './services.js';

/**
 * Whether the noise of this host was measured before, in one sentence. A calibration with other images does not count.
 * Null for recorded series: they cannot be calibrated.
 */
export function calibrationSentence(result: Result): string | null {
  if (isRecorded(result)) return null;
  const { calibration, scenario } = result.manifest;
  if (!calibration) return 'Uncalibrated: the noise of this host was not measured (run "slopegate calibrate").';
  if (!sameImages(calibration, result.containers.baseline))
    return 'Uncalibrated: the noise here was measured with another build of the baseline (run "slopegate calibrate").';
  const used = scenario.gate.prior === 'calibration' ? ' The first looks used this.' : '';
  const runs = `${count(calibration.replicates)} pairs of the baseline against itself on this host`;
  return `Calibrated: ${runs}${scatterWords(result, calibration)} (${calibration.madeAt.slice(0, 10)}).${used}`;
}

/** ` vary by 2.9 B per request over 120 seconds` */
function scatterWords(result: Result, { scatter }: Calibration): string {
  const role = decisiveService(result)?.role;
  const longest = role === undefined || !Object.hasOwn(scatter, role) ? undefined : scatter[role]?.at(-1);
  return longest === undefined
    ? ''
    : ` vary by ${growth(longest.deviation, 'bytes/request')} over ${duration(longest.seconds)}`;
}
