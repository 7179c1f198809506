import type { ArmName } from '../model/index.js';
import type { Estimate, WordedService } from '../results/index.js';

/**
 * Growth of an arm, or the difference, at the rate for which reports say how long memory lasts. It is that of the
 * window, unless a part of it comes with time alone.
 */
export function growthTold(service: WordedService, of: ArmName | 'difference'): Estimate | null {
  const atRate = service.time?.split?.atRate;
  if (of === 'difference') return atRate?.difference ?? service.difference;
  return atRate?.growth[of] ?? service.growth[of];
}
