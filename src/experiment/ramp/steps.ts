import type { ArmName, RampAnswer, RampObjection, RampStep } from '../../model/index.js';

/** A run uses this share of the rate that the slower arm sustains. The rest is for the run's own bursts and pauses. */
export const SAFE_SHARE = 0.6;

/** The first rate if nothing is known about the stack yet. */
const FIRST_RATE = 50;
/** Share of the rate at full speed that is tried first. It is usually sustained, and near the answer. */
const FIRST_SHARE = 0.5;
const FACTOR = 1.6;
const LOWEST_RATE = 1;
/** Above this rate, one process cannot send evenly. */
const HIGHEST_RATE = 2_000;
/** Two rates whose ratio is below this are close enough. */
const RESOLUTION = 1.2;

/**
 * How far behind a step may be before its rate counts as too high. An arm that cannot keep up falls behind more and
 * more: the median and the end of a step show this. Single late requests come from the host (on a busy one 100 ms and
 * more at the 99th percentile, at any rate).
 */
const LONGEST_DELAY_SHARE = 0.1;
const LONGEST_DELAY_SECONDS = 0.4;
const MOST_LATENESS_MS = 100;
const MOST_LATENCY_MS = 200;
const LATENCY_FACTOR = 10;
const FEWEST_ANSWERED = 0.99;

/** The highest rate that was sustained; null if there is none. */
export function sustainedRate(steps: readonly RampStep[]): number | null {
  const ceiling = lowestRefused(steps);
  const sustained = steps
    .filter(({ objections, rate }) => objections.length === 0 && rate < ceiling)
    .map(({ rate }) => rate);
  return sustained.length === 0 ? null : Math.max(...sustained);
}

/** A rate is refused after it was too high twice: once may be a disturbance by the host. */
function lowestRefused(steps: readonly RampStep[]): number {
  const objected = steps.filter(({ objections }) => objections.length > 0).map(({ rate }) => rate);
  return Math.min(Infinity, ...objected.filter((rate, i) => objected.indexOf(rate) !== i));
}

/** The first rate to try, if this many requests per second are answered at full speed; null if that is unknown. */
export function firstRate(fullSpeed: number | null): number {
  if (fullSpeed === null) return FIRST_RATE;
  return Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, rounded(FIRST_SHARE * fullSpeed)));
}

/**
 * The next rate to try: 1.6 times the last one until one is refused, then between that one and the highest sustained
 * rate; null at the end.
 */
export function nextRate(steps: readonly RampStep[], first = FIRST_RATE): number | null {
  const last = steps.at(-1);
  if (last === undefined) return first;
  const refused = lowestRefused(steps);
  if (last.objections.length > 0 && last.rate < refused) return last.rate;
  const sustained = sustainedRate(steps);
  if (sustained === null) return refused / FACTOR ** 2 < LOWEST_RATE ? null : rounded(refused / FACTOR ** 2);
  if (refused === Infinity)
    return sustained >= HIGHEST_RATE ? null : Math.min(HIGHEST_RATE, rounded(sustained * FACTOR));
  const middle = rounded(Math.sqrt(sustained * refused));
  return refused / sustained <= RESOLUTION || middle <= sustained || middle >= refused ? null : middle;
}

function rounded(rate: number): number {
  return rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate);
}

/** Why an arm did not sustain this rate; null if it did. `calm` is its latency at the first step. */
export function objectionTo(arm: ArmName, rate: number, answer: RampAnswer, calm: number): RampObjection | null {
  const { planned, answered, seconds, lateness, latency } = answer;
  const dueSeconds = planned / rate;
  if (answered < FEWEST_ANSWERED * planned)
    return { code: 'requests-unanswered', facts: { arm, unanswered: planned - answered, planned } };
  if (seconds > dueSeconds + Math.max(LONGEST_DELAY_SECONDS, LONGEST_DELAY_SHARE * dueSeconds))
    return { code: 'sent-too-slowly', facts: { arm, planned, seconds, dueSeconds } };
  if (lateness > MOST_LATENESS_MS) return { code: 'sent-late', facts: { arm, milliseconds: lateness } };
  if (latency > Math.max(MOST_LATENCY_MS, LATENCY_FACTOR * calm))
    return { code: 'answered-slowly', facts: { arm, milliseconds: latency } };
  return null;
}

/** The share of a sustained rate that a run uses, requests per second. */
export function safeRate(sustained: number): number {
  const rate = SAFE_SHARE * sustained;
  return rate < 10 ? Math.floor(rate * 10) / 10 : Math.floor(rate);
}
