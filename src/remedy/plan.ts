import {
  REMEDY_APPLICATIONS,
  REMEDY_CLIMB_BYTES,
  REMEDY_LONGEST_SECONDS,
  REMEDY_SHORTEST_SECONDS,
} from '../statistics/method.js';

export interface RemedyWish {
  /** Growth of the candidate, bytes per request, and requests per second in the test. */
  readonly growth: number;
  readonly rate: number;
  /** Seconds between two applications in production. */
  readonly every: number;
  /** How long the load should last after its warm-up, seconds; null if nothing is stated. */
  readonly lasts: number | null;
  /** Seconds between two applications in the test; null if nothing is stated. */
  readonly testEvery: number | null;
}

export interface RemedyPlan {
  /** Seconds between two applications in the test. */
  readonly every: number;
  readonly applications: number;
}

/**
 * How often the remedy is applied in the test, and how many times. The load ends one interval after the last
 * application. There may be fewer applications than a decision needs.
 */
export function planRemedy({ growth, rate, every, lasts, testEvery }: RemedyWish): RemedyPlan {
  const visible = Math.min(every, REMEDY_LONGEST_SECONDS, REMEDY_CLIMB_BYTES / (growth * rate));
  const fitting = lasts === null ? visible : Math.min(visible, lasts / (REMEDY_APPLICATIONS + 1));
  const interval = testEvery ?? Math.ceil(Math.max(REMEDY_SHORTEST_SECONDS, fitting));
  const applications = lasts === null ? REMEDY_APPLICATIONS : Math.max(0, Math.floor(lasts / interval) - 1);
  return { every: interval, applications };
}
