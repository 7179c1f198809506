import type { Result, ToldService } from '../../model/index.js';
import { estimate } from '../../words/growth.js';
import { duration, durationRange, memory, significant } from '../../words/numbers.js';
import { isRecorded } from './origin.js';

/** Load and room that turn bytes per request into hours. */
interface Setting {
  readonly rate: number;
  readonly headroom: number;
  /** ` at 200 requests/s`, with where the rate is from where production is not stated. */
  readonly load: string;
  /** How to have it told for one's own traffic; empty where it is. */
  readonly hint: string;
}

/** What is shown where neither production nor a limit is stated: a round figure, called an example. */
const EXAMPLE_HEADROOM = 1024 ** 3;

function settingOf(result: Result): Setting {
  const { scenario } = result.manifest;
  const { production } = scenario.gate;
  const perSecond = result.verdict.assessment.axis === 'seconds';
  const rate = perSecond ? 1 : (production?.ratePerSecond ?? scenario.traffic.rate);
  const headroom = production?.headroomBytes ?? scenario.stack.limits.memoryBytes ?? EXAMPLE_HEADROOM;
  const at = ` at ${significant(rate)} requests/s`;
  if (perSecond || production !== null) return { rate, headroom, load: perSecond ? '' : at, hint: '' };
  if (isRecorded(result)) return { rate, headroom, load: `${at}, as recorded,`, hint: '' };
  return {
    rate,
    headroom,
    load: `${at}, as in this test,`,
    hint: ' State gate.production in the scenario to have it told for your traffic.',
  };
}

/**
 * What the difference would mean in service: `5.22 KB per request more at 200 requests/s fills 2 GiB in 35 to 37
 * minutes.`
 * Null where the difference is unknown, not of memory, not growth, or comes from a comparison that was not fair.
 */
export function projection(result: Result, service: ToldService): string | null {
  if (service.difference === null || !service.metric.endsWith('_bytes') || result.verdict.outcome === 'invalid')
    return null;
  const { rate, headroom, load, hint } = settingOf(result);
  const seconds = (value: number): number => headroom / (value * rate);
  const { lower, upper } = service.difference;
  const { value, per, highest } = estimate(service.difference, service.unit);
  if (lower > 0) {
    return `${value} ${per} more${load} fills ${memory(headroom)} in ${durationRange(seconds(upper), seconds(lower))}.${hint}`;
  }
  if (upper <= 0) return null;
  return `Even the upper end of the interval, ${highest} ${per} more, would take ${duration(seconds(upper))} to fill ${memory(headroom)}${load.replace(/,$/, '')}.${hint}`;
}

/** The same for short reports, where a finding that says when memory is used up would make it a repetition. */
export function projectionUnlessFound(result: Result, service: ToldService): string | null {
  const found = result.verdict.assessment.findings.some(
    (finding) => finding.kind === 'time-to-limit' && finding.service === service.role,
  );
  return found ? null : projection(result, service);
}
