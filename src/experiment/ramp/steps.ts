import type { RampAnswer, RampStep } from '../../model/index.js';

/**
 * Share of the rate that the slower arm sustains which a run may use: what is left is room for the run's own bursts and
 * pauses.
 */
export const SAFE_SHARE = 0.6;

/** Where nothing is known of the stack yet. */
const FIRST_RATE = 50;
/** Share of the rate at full speed that is tried first: sustained in most cases, and near the answer. */
const FIRST_SHARE = 0.5;
const FACTOR = 1.6;
const LOWEST_RATE = 1;
/** Beyond this the load comes from more than one process can send evenly. */
const HIGHEST_RATE = 2_000;
/** Two rates as near as this are near enough. */
const RESOLUTION = 1.2;

/**
 * How far behind a step may be before its rate counts as too high. An arm that cannot keep up falls behind more and
 * more, which the median and
 * the end of a step show; single late requests are the host's (on a busy one 100 ms and more at the 99th percentile,
 * whatever the rate).
 */
const LONGEST_DELAY_SHARE = 0.1;
const LONGEST_DELAY_SECONDS = 0.4;
const MOST_LATENESS_MS = 100;
const MOST_LATENCY_MS = 200;
const LATENCY_FACTOR = 10;
const FEWEST_ANSWERED = 0.99;

/** The highest rate that was sustained; null with none. */
export function sustainedRate(steps: readonly RampStep[]): number | null {
  const ceiling = lowestRefused(steps);
  const sustained = steps.filter(({ objection, rate }) => objection === null && rate < ceiling).map(({ rate }) => rate);
  return sustained.length === 0 ? null : Math.max(...sustained);
}

/** A rate is refused when it was too high twice: once may be the host's doing. */
function lowestRefused(steps: readonly RampStep[]): number {
  const objected = steps.filter(({ objection }) => objection !== null).map(({ rate }) => rate);
  return Math.min(Infinity, ...objected.filter((rate, i) => objected.indexOf(rate) !== i));
}

/** The rate to begin with, where so many requests per second are answered at full speed; null if that is unknown. */
export function firstRate(fullSpeed: number | null): number {
  if (fullSpeed === null) return FIRST_RATE;
  return Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, rounded(FIRST_SHARE * fullSpeed)));
}

/**
 * The rate to try next, upwards by 1.6 until one is refused, then between it and the highest that was sustained; null
 * at the end.
 */
export function nextRate(steps: readonly RampStep[], first = FIRST_RATE): number | null {
  const last = steps.at(-1);
  if (last === undefined) return first;
  const refused = lowestRefused(steps);
  if (last.objection !== null && last.rate < refused) return last.rate;
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
export function objectionTo(rate: number, answer: RampAnswer, calm: number): string | null {
  const due = answer.planned / rate;
  const unanswered = answer.planned - answer.answered;
  if (answer.answered < FEWEST_ANSWERED * answer.planned)
    return `${unanswered} of ${answer.planned} requests got no answer`;
  if (answer.seconds > due + Math.max(LONGEST_DELAY_SECONDS, LONGEST_DELAY_SHARE * due))
    return `${answer.planned} requests took ${answer.seconds.toFixed(1)} s instead of ${due.toFixed(1)} s`;
  if (answer.lateness > MOST_LATENESS_MS) return `requests left ${Math.round(answer.lateness)} ms late`;
  if (answer.latency > Math.max(MOST_LATENCY_MS, LATENCY_FACTOR * calm))
    return `answers took ${Math.round(answer.latency)} ms`;
  return null;
}

/** The share of a sustained rate that a run uses, requests per second. */
export function safeRate(sustained: number): number {
  const rate = SAFE_SHARE * sustained;
  return rate < 10 ? Math.floor(rate * 10) / 10 : Math.floor(rate);
}
