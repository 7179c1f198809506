import type { Result, ServiceAssessment } from '../../model/index.js';
import { count, duration, memory } from '../text/numbers.js';
import { growth } from '../text/growth.js';

/** Load and room that turn bytes per request into hours. */
interface Setting {
  readonly rate: number;
  readonly headroom: number;
  readonly stated: boolean;
}

/** What is shown where neither production nor a limit is stated: a round figure, called an example. */
const EXAMPLE_HEADROOM = 1024 ** 3;

function settingOf({ manifest: { scenario } }: Result): Setting {
  const { production } = scenario.gate;
  if (production !== null) return { rate: production.ratePerSecond, headroom: production.headroomBytes, stated: true };
  return { rate: scenario.traffic.rate, headroom: scenario.stack.limits.memoryBytes ?? EXAMPLE_HEADROOM, stated: false };
}

/** Up to the next minute where minutes count, as findings that tell the time to a limit do. */
function wholeMinutes(seconds: number): number {
  return seconds < 5400 ? Math.ceil(seconds / 60) * 60 : seconds;
}

/**
 * What the difference would mean in service: `5.22 KB per request at 200 requests/s fills 2 GiB in about 35 minutes`.
 * Null where the difference is unknown, not of memory, not growth, or comes from a comparison that was not fair.
 */
export function projection(result: Result, service: ServiceAssessment): string | null {
  if (service.difference === null || !service.metric.endsWith('_bytes') || result.verdict.outcome === 'invalid') return null;
  const { rate, headroom, stated } = settingOf(result);
  const perSecond = result.verdict.assessment.axis === 'seconds' ? 1 : rate;
  const fills = (value: number): string => duration(wholeMinutes(headroom / (value * perSecond)));
  const { value, lower, upper } = service.difference;
  const load = result.verdict.assessment.axis === 'seconds' ? '' : ` at ${count(rate)} requests/s`;
  const where = stated ? '' : ' (the rate of this test; state gate.production for yours)';
  if (lower > 0) {
    const range = fills(upper) === fills(lower) ? '' : ` (between ${fills(upper)} and ${fills(lower)})`;
    return `${growth(value, service.unit)} more${load} fills ${memory(headroom)} in about ${fills(value)}${range}${where}.`;
  }
  if (upper <= 0) return null;
  return `Even the upper end of the interval, ${growth(upper, service.unit)} more, would take ${fills(upper)} to fill ${memory(headroom)}${load}${where}.`;
}

/** The same for short reports, where a finding that says when memory is used up would make it a repetition. */
export function projectionUnlessFound(result: Result, service: ServiceAssessment): string | null {
  const found = result.verdict.assessment.findings.some((finding) => finding.kind === 'time-to-limit' && finding.service === service.role);
  return found ? null : projection(result, service);
}
