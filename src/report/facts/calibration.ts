import { sameImages, type Result } from '../../model/index.js';
import { decisiveService } from './services.js';

/**
 * Whether this host's own noise was measured before, in one sentence: "Calibrated: …" or "Uncalibrated: …".
 * A calibration of other images is none.
 */
export function calibrationSentence(result: Result): string {
  const { calibration, scenario } = result.manifest;
  if (!calibration)
    return 'Uncalibrated: how far two equal versions come out apart on this host was not measured (slopegate calibrate).';
  if (!sameImages(calibration, result.containers.baseline))
    return 'Uncalibrated: what was measured on this host was another build of the baseline (slopegate calibrate).';
  const role = decisiveService(result)?.role;
  const longest = (role === undefined ? undefined : calibration.scatter[role])?.at(-1);
  const scatter =
    longest === undefined
      ? ''
      : ` scattered by ${longest.deviation.toPrecision(2)} bytes per request over ${longest.seconds} s`;
  const used = scenario.gate.prior === 'calibration' ? ', which the first looks reckoned with' : '';
  return `Calibrated: ${calibration.replicates} pairs of the baseline against itself on this host${scatter}${used} (${calibration.madeAt.slice(0, 10)}).`;
}
