import type { Outcome } from '../model/index.js';
import type { Result, TimeGrowth, TimeState, WordedService } from '../results/index.js';
import { LEAST_IDLE_SECONDS } from '../statistics/method.js';
import { amount, estimateOr } from '../words/growth.js';
import { isBytes } from '../words/metrics.js';
import { roleName } from '../words/subject.js';
import { isRecorded } from './recorded.js';

/** The unit in which growth with time alone is told. */
export const TIME_UNIT = 'bytes/h';

/** What growth with time alone says about a version, as a verdict; null if it says nothing. */
const OUTCOME_OF: Readonly<Record<TimeState, Outcome | null>> = {
  grows: 'fail',
  'may-grow': 'inconclusive',
  within: 'pass',
  open: null,
};

/** The verdict on growth with time alone; null if the idle phase does not tell. */
export const timeOutcome = ({ state }: TimeGrowth): Outcome | null => OUTCOME_OF[state];

/** Whether reports say something about growth with time: it was measured, or it could have been in a run of ours. */
export function showsTime(result: Result, service: WordedService): boolean {
  if (!service.judged || !isBytes(service.metric) || service.difference === null) return false;
  return service.time !== undefined || !isRecorded(result);
}

/**
 * `Per hour, without requests: waf 6.9 MiB (5.9 to 7.8) more than the baseline, margin 1 MiB.` for each judged service,
 * or that it was not measured.
 */
export function timeSentences(result: Result, services: readonly WordedService[]): readonly string[] {
  const shown = services.filter((service) => showsTime(result, service));
  if (shown.length === 0 || result.verdict.outcome === 'invalid') return [];
  const measured = shown.flatMap(({ role, time }) => (time === undefined ? [] : [{ role, time }]));
  if (measured.length === 0)
    return [
      `Growth with time alone was not measured: for that, experiment.idle must be ${LEAST_IDLE_SECONDS}s or more.`,
    ];
  return measured.map(({ role, time: { difference, margin, split } }) => {
    const rest =
      split === null ? '' : ` Per request, without that: ${estimateOr(split.perRequest.difference, 'bytes/request')}.`;
    return (
      `Per hour, without requests: ${roleName(role)} ${estimateOr(difference, TIME_UNIT)}, ` +
      `margin ${amount(margin, TIME_UNIT)}.${rest}`
    );
  });
}
