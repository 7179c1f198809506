import { ARMS, type ArmName, type Metric, type Scenario, type TrialRecording } from '../../model/index.js';
import type { UsageMeasure } from '../../results/index.js';
import {
  CPU_MARGIN_MS,
  CPU_MARGIN_SHARE,
  MEDIAN_MARGIN_MS,
  MEDIAN_MARGIN_SHARE,
  TAIL_MARGIN_MS,
  TAIL_MARGIN_SHARE,
  WRITTEN_MARGIN_BYTES,
} from '../../statistics/method.js';
import type { TrialPair } from '../replicates.js';
import type { Role } from '../roles.js';
import type { Window } from '../series/window.js';
import { latencyOf } from './latency.js';
import { spentIn } from './spent.js';

/** One measure of one arm in one trial: the compared value, and the level that relative margins refer to. */
interface Measured {
  readonly value: number;
  readonly level: number;
}

/** One measure of both arms in one replicate; null for an arm without it. */
export type UsagePair = Readonly<Record<ArmName, Measured | null>>;

/** One thing beside memory, in all replicates. */
export interface UsageSubject {
  readonly role: string;
  readonly measure: UsageMeasure;
  readonly unit: string;
  /** Whether a difference is tested. Otherwise it is shown only. */
  readonly tested: boolean;
  /** The accepted difference beside a baseline of this level, in the unit. */
  readonly marginAt: (level: number) => number;
  readonly replicates: readonly UsagePair[];
}

type ReadTrial = (trial: TrialRecording, services: readonly string[]) => Measured | null;

interface Kind {
  readonly measure: UsageMeasure;
  readonly unit: string;
  readonly marginAt: (level: number) => number;
  readonly read: (windowIn: WindowIn) => ReadTrial;
}

/** The judged window of a trial in which these services ran from start to end; null if they did not. */
type WindowIn = (trial: TrialRecording, services: readonly string[]) => Window | null;

const atLeast =
  (share: number, least: number) =>
  (level: number): number =>
    Math.max(share * level, least);

const spending =
  (metric: Metric, drift = false) =>
  (windowIn: WindowIn): ReadTrial =>
  (trial, services) => {
    const window = windowIn(trial, services);
    const spent = window && spentIn(trial, services, metric, window);
    if (!spent) return null;
    return { value: drift ? spent.lastThird - spent.firstThird : spent.whole, level: spent.whole };
  };

const cpuMargin = atLeast(CPU_MARGIN_SHARE, CPU_MARGIN_MS);
const writtenMargin = (): number => WRITTEN_MARGIN_BYTES;
const medianMargin = atLeast(MEDIAN_MARGIN_SHARE, MEDIAN_MARGIN_MS);
const tailMargin = atLeast(TAIL_MARGIN_SHARE, TAIL_MARGIN_MS);

const OF_SERVICE: readonly Kind[] = [
  { measure: 'cpu', unit: 'ms/request', marginAt: cpuMargin, read: spending('cpu_ms') },
  { measure: 'cpu-drift', unit: 'ms/request', marginAt: cpuMargin, read: spending('cpu_ms', true) },
  { measure: 'disk', unit: 'bytes/request', marginAt: writtenMargin, read: spending('written_bytes') },
  { measure: 'log', unit: 'bytes/request', marginAt: writtenMargin, read: spending('log_bytes') },
];
const OF_ENTRY: readonly Kind[] = [
  { measure: 'latency-p50', unit: 'ms', marginAt: medianMargin, read: () => latencyOf('p50') },
  { measure: 'latency-p50-drift', unit: 'ms', marginAt: medianMargin, read: () => latencyOf('p50', true) },
  { measure: 'latency-p99', unit: 'ms', marginAt: tailMargin, read: () => latencyOf('p99') },
  { measure: 'latency-p99-drift', unit: 'ms', marginAt: tailMargin, read: () => latencyOf('p99', true) },
];

/**
 * What each service uses up beside memory, and how long the entry takes to answer. What was read in no trial is left
 * out. A drift is shown and not tested if the traffic has phases, because then the thirds have other requests.
 */
export function usageSubjects(
  pairs: readonly TrialPair[],
  roles: readonly Role[],
  { stack, arms, traffic }: Scenario,
  windowIn: WindowIn,
): UsageSubject[] {
  const entries = [stack.entry.service, ...ARMS.flatMap((arm) => arms[arm].entry?.service ?? [])];
  return roles.flatMap(({ role, services, judged }) => {
    const isEntry = ARMS.some((arm) => services[arm].some((name) => entries.includes(name)));
    const isTested = judged && ARMS.every((arm) => services[arm].length > 0);
    return [...OF_SERVICE, ...(isEntry ? OF_ENTRY : [])].flatMap(({ measure, unit, marginAt, read }) => {
      const reading = read(windowIn);
      const replicates = pairs.map(({ baseline, candidate }): UsagePair => ({
        baseline: reading(baseline, services.baseline),
        candidate: reading(candidate, services.candidate),
      }));
      if (replicates.every((pair) => pair.baseline === null && pair.candidate === null)) return [];
      const tested = isTested && !(measure.endsWith('-drift') && traffic.phases !== undefined);
      return [{ role, measure, unit, tested, marginAt, replicates }];
    });
  });
}
