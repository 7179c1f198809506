import { ARMS, type ArmName, type ContainerFacts, type Finding, type Scenario, type ServiceAssessment, type Severity } from '../../model/index.js';
import { lowerBound, replicateMean } from '../../statistics/replicate-mean.js';
import { secondsToLimit } from '../../statistics/production-margin.js';
import type { GatedSubject } from '../gate.js';
import { subjectName } from '../sentences.js';
import { inform, raise } from '../severity.js';
import { duration, growthWords, level, short } from '../words.js';

/** A steady level counts as shifted from this share and this size on; keep-alive connections on one worker alone move it by 3.5 MB. */
const SHIFT_SHARE = 0.2;
const SHIFT_BYTES = 8 * 1024 ** 2;
/** Replicates' levels scatter by at least this much. */
const LEVEL_FLOOR_BYTES = 1024 ** 2;
const NEAR_LIMIT = 0.9;
const GIVEN_BACK = 0.1;

type Severities = Readonly<Record<string, Severity>>;

/** Steady memory is higher in the candidate, surely, whatever its slope. */
export function levelShifts(gated: readonly GatedSubject[], severities: Severities): Finding[] {
  return gated.flatMap(({ subject }) => {
    const { baseline, candidate } = subject.services;
    if (!subject.judged || subject.replicates.length < 2 || baseline.length === 0 || candidate.length === 0) return [];
    const last = (y: ArrayLike<number>): number => y[y.length - 1] as number;
    const levels = subject.replicates.map(({ pair }) => ({ old: pair.baseline ? last(pair.baseline.y) : 0, fresh: pair.candidate ? last(pair.candidate.y) : 0 }));
    const shift = replicateMean(levels.map(({ old, fresh }) => fresh - old), LEVEL_FLOOR_BYTES);
    const old = replicateMean(levels.map((value) => value.old), 0).mean;
    if (shift.mean < SHIFT_BYTES || shift.mean < SHIFT_SHARE * old || lowerBound(shift, 0.05) <= 0) return [];
    return raise('level-shift', severities, {
      service: subject.role,
      arm: 'candidate',
      sentence: `${subjectName(subject)} ends the window ${level(shift.mean, subject.metric)} (+${short((100 * shift.mean) / old)} %) higher in the candidate than in the baseline's ${level(old, subject.metric)}.`,
      value: shift.mean,
      threshold: SHIFT_BYTES,
      unit: 'bytes',
      hint: 'A level is paid once; check that the limit leaves room for it.',
    });
  });
}

/** The candidate's peak came close to its limit. */
export function peaks(services: readonly ServiceAssessment[], containers: Readonly<Record<ArmName, readonly ContainerFacts[]>>, severities: Severities): Finding[] {
  return services.flatMap((service) => {
    if (!service.judged || !service.metric.endsWith('_bytes') || service.levels.candidate === null) return [];
    const limits = containers.candidate.filter((container) => service.services.candidate.includes(container.service)).map(({ memoryLimitBytes }) => memoryLimitBytes);
    if (limits.length === 0 || limits.includes(null)) return [];
    const limit = limits.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    const { peak } = service.levels.candidate;
    if (peak < NEAR_LIMIT * limit) return [];
    return raise('peak-near-limit', severities, {
      service: service.role,
      arm: 'candidate',
      sentence: `${subjectName(service)} peaked at ${level(peak, service.metric)} in the candidate, ${short((100 * peak) / limit)} % of its limit of ${level(limit, service.metric)}.`,
      value: peak,
      threshold: NEAR_LIMIT * limit,
      unit: 'bytes',
      hint: null,
    });
  });
}

/** What the idle phase gave back. */
export function givenBack(services: readonly ServiceAssessment[]): Finding[] {
  return services.flatMap((service) =>
    ARMS.flatMap((arm) => {
      const levels = service.levels[arm];
      if (!service.judged || levels === null || levels.afterIdle === null || levels.end - levels.afterIdle < Math.max(GIVEN_BACK * levels.end, LEVEL_FLOOR_BYTES)) return [];
      return [inform('given-back', {
        service: service.role,
        arm,
        sentence: `${subjectName(service)} of the ${arm} gave back ${level(levels.end - levels.afterIdle, service.metric)} of ${level(levels.end, service.metric)} when the load ended: that part is no leak.`,
        value: levels.end - levels.afterIdle,
        threshold: null,
        unit: 'bytes',
        hint: null,
      })];
    }),
  );
}

/** How long production's headroom lasts on each arm, where its own growth is surely above 0. */
export function timesToLimit(services: readonly ServiceAssessment[], { gate }: Scenario, axis: 'requests' | 'seconds'): Finding[] {
  const { production } = gate;
  if (production === null) return [];
  const rate = axis === 'requests' ? production.ratePerSecond : 1;
  return services.flatMap((service) =>
    ARMS.flatMap((arm) => {
      const growth = service.growth[arm];
      if (!service.judged || !service.metric.endsWith('_bytes') || growth === null || growth.lower <= 0) return [];
      const at = (value: number): number => secondsToLimit(value, rate, production.headroomBytes);
      return [inform('time-to-limit', {
        service: service.role,
        arm,
        sentence: `At ${short(production.ratePerSecond)} requests/s ${subjectName(service)} of the ${arm} uses up ${level(production.headroomBytes, service.metric)} in about ${duration(at(growth.value))} (${duration(at(growth.upper))} to ${duration(at(growth.lower))}), growing by ${growthWords(growth.value, service.unit)}.`,
        value: at(growth.value),
        threshold: production.surviveSeconds,
        unit: 's',
        hint: null,
      })];
    }),
  );
}
