import { memoryLimit, type GatedSubject, type UsablePair } from '../evidence/index.js';
import { ARMS, type ArmName, type ContainerFacts, type Scenario, type Severity } from '../model/index.js';
import type { Estimate, Finding, ServiceAssessment } from '../results/index.js';
import { meansOver } from '../statistics/estimators/bins.js';
import { olsSlope } from '../statistics/estimators/ols.js';
import { lowerBound, replicateMean } from '../statistics/estimators/replicate-mean.js';
import { EDGE_READINGS, FALL_SECONDS, SHIFT_BYTES } from '../statistics/method.js';
import { median } from '../statistics/numbers.js';
import { secondsToLimit } from '../procedure/seconds-to-limit.js';
import { note, raise } from './severity.js';

/**
 * From this share and this size on, a steady level counts as shifted. Keep-alive connections on one worker alone change
 * it by 3.5 MB.
 */
const SHIFT_SHARE = 0.2;
/** The spread of the replicates' levels is at least this. */
const LEVEL_FLOOR_BYTES = 1024 ** 2;
const NEAR_LIMIT = 0.9;
const GIVEN_BACK = 0.1;

type Severities = Readonly<Record<string, Severity>>;

type Arm = NonNullable<UsablePair['pair'][ArmName]>;

interface Start {
  readonly level: number;
  /** The level before the first request, if the growth of the window had been the same from the start. */
  readonly beforeLoad: number;
  /** The lowest level of the window: what remains after a garbage collection. */
  readonly lowest: number;
}

function startOf({ time, x, y }: Arm): Start {
  const start = median(Array.from({ length: Math.min(EDGE_READINGS, y.length) }, (_, i) => y[i] as number));
  return {
    level: start,
    beforeLoad: start - olsSlope(x, y) * (x[Math.floor(Math.min(EDGE_READINGS, x.length) / 2)] as number),
    lowest: meansOver(time, y, FALL_SECONDS).reduce((least, level) => Math.min(least, level), Infinity),
  };
}

/**
 * Memory is surely higher in the candidate, at any slope: at the window's start (with both arms' growth subtracted back
 * to the first request) and at the lowest level of the window. Growth is judged separately. Growth during the warm-up
 * is not a level, and neither is the height of a cycle.
 */
export function levelShifts(gated: readonly GatedSubject[], severities: Severities): Finding[] {
  return gated.flatMap(({ subject }) => {
    const { baseline, candidate } = subject.services;
    if (
      !subject.judged ||
      !subject.metric.endsWith('_bytes') ||
      subject.replicates.length < 2 ||
      baseline.length === 0 ||
      candidate.length === 0
    )
      return [];
    const levels = subject.replicates.flatMap(({ pair }) =>
      pair.baseline && pair.candidate ? [{ old: startOf(pair.baseline), fresh: startOf(pair.candidate) }] : [],
    );
    const shift = replicateMean(
      levels.map(({ old, fresh }) =>
        Math.min(fresh.level - old.level, fresh.beforeLoad - old.beforeLoad, fresh.lowest - old.lowest),
      ),
      LEVEL_FLOOR_BYTES,
    );
    const old = replicateMean(
      levels.map((value) => value.old.level),
      0,
    ).mean;
    if (shift.mean < SHIFT_BYTES || shift.mean < SHIFT_SHARE * old || lowerBound(shift, 0.05) <= 0) return [];
    return raise('level-shift', severities, {
      service: subject.role,
      arm: 'candidate',
      said: {
        code: 'level-higher',
        facts: { role: subject.role, metric: subject.metric, more: shift.mean, baseline: old },
      },
      value: shift.mean,
      threshold: SHIFT_BYTES,
      unit: 'bytes',
    });
  });
}

/** The candidate's peak came close to its limit. */
export function peaks(
  services: readonly ServiceAssessment[],
  containers: readonly ContainerFacts[],
  severities: Severities,
): Finding[] {
  return services.flatMap((service) => {
    if (!service.judged || !service.metric.endsWith('_bytes') || service.levels.candidate === null) return [];
    const limit = memoryLimit(service.services.candidate, containers, null);
    if (limit === null) return [];
    const { peak } = service.levels.candidate;
    if (peak < NEAR_LIMIT * limit) return [];
    return raise('peak-near-limit', severities, {
      service: service.role,
      arm: 'candidate',
      said: { code: 'near-limit', facts: { role: service.role, metric: service.metric, peak, limit } },
      value: peak,
      threshold: NEAR_LIMIT * limit,
      unit: 'bytes',
    });
  });
}

/** Memory that was given back during the idle phase. */
export function givenBack(services: readonly ServiceAssessment[], severities: Severities): Finding[] {
  return services.flatMap((service) =>
    ARMS.flatMap((arm) => {
      const levels = service.levels[arm];
      if (
        !service.judged ||
        levels === null ||
        levels.afterIdle === null ||
        levels.end - levels.afterIdle < Math.max(GIVEN_BACK * levels.end, LEVEL_FLOOR_BYTES)
      )
        return [];
      return raise('given-back', severities, {
        service: service.role,
        arm,
        said: {
          code: 'memory-returned',
          facts: {
            role: service.role,
            metric: service.metric,
            arm,
            returned: levels.end - levels.afterIdle,
            before: levels.end,
          },
        },
        value: levels.end - levels.afterIdle,
        threshold: null,
        unit: 'bytes',
      });
    }),
  );
}

/**
 * How long the free memory in production lasts on each arm, if the arm surely grows. This is a note, unless the
 * candidate does not last as long as production requires. Then it has the severity from the scenario.
 */
export function timesToLimit(
  services: readonly ServiceAssessment[],
  { gate }: Scenario,
  axis: 'requests' | 'seconds',
): Finding[] {
  const { production } = gate;
  if (production === null) return [];
  const rate = axis === 'requests' ? production.ratePerSecond : 1;
  return services.flatMap((service) =>
    ARMS.flatMap((arm) => {
      const parts = partsOf(service, arm);
      const growth = service.time?.split?.atRate.growth[arm] ?? service.growth[arm];
      // Growth that has stopped fills no more memory.
      const stopped = arm === 'candidate' && service.shape === 'settled';
      if (!service.judged || !service.metric.endsWith('_bytes') || stopped) return [];
      if (growth === null || growth.lower <= 0) return [];
      const at = (value: number): number => secondsToLimit(value, rate, production.headroomBytes);
      const tooShort = at(growth.value) < production.surviveSeconds;
      return (tooShort && arm === 'candidate' ? raise : note)('time-to-limit', gate.findings, {
        service: service.role,
        arm,
        said: {
          code: 'memory-runs-out',
          facts: {
            role: service.role,
            metric: service.metric,
            arm,
            unit: service.unit,
            growth: parts?.perRequest ?? growth,
            ...(parts === null ? {} : { perHour: parts.perHour }),
            ratePerSecond: axis === 'requests' ? production.ratePerSecond : null,
            headroomBytes: production.headroomBytes,
            shortestSeconds: at(growth.upper),
            longestSeconds: at(growth.lower),
            wantedSeconds: tooShort ? production.surviveSeconds : null,
          },
        },
        value: at(growth.value),
        threshold: production.surviveSeconds,
        unit: 's',
      });
    }),
  );
}

/** The growth of an arm with time alone, and that per request beside it; null if it does not surely grow with time. */
function partsOf({ time }: ServiceAssessment, arm: ArmName): { perHour: Estimate; perRequest: Estimate } | null {
  const [perHour, perRequest] = [time?.growth[arm], time?.split?.perRequest.growth[arm]];
  return perHour && perRequest ? { perHour, perRequest } : null;
}
