import type { GatedSubject, Pairing } from '../evidence/index.js';
import { STACK_ROLE, type Recording, type Severity, type TrialRecording } from '../model/index.js';
import type { Finding, ServiceAssessment } from '../results/index.js';
import { infoFinding, raise } from './severity.js';

/** Services that only one version has. */
export function oneSided(
  services: readonly ServiceAssessment[],
  severities: Readonly<Record<string, Severity>>,
): Finding[] {
  return services.flatMap((service) => {
    const { baseline, candidate } = service.services;
    if (
      service.role === STACK_ROLE ||
      !service.metric.endsWith('_bytes') ||
      (baseline.length > 0 && candidate.length > 0)
    )
      return [];
    const arm = candidate.length > 0 ? ('candidate' as const) : ('baseline' as const);
    const growth = service.growth[arm]?.value ?? null;
    return raise(`only-in-${arm}`, severities, {
      service: service.role,
      arm,
      said: { code: 'one-sided', facts: { role: service.role, arm, unit: service.unit, growth } },
      value: growth,
      threshold: service.margin,
      unit: service.unit,
    });
  });
}

/** Trials that an error ended before the run was resumed and they were repeated: a version may fail only sometimes. */
export function repeatedAfterError({ trials }: Pick<Recording, 'trials'>): Finding[] {
  const isRepeated = ({ trial }: TrialRecording, from: number): boolean =>
    trials
      .slice(from)
      .some(
        ({ trial: { purpose, replicate, arm } }) =>
          purpose === trial.purpose && replicate === trial.replicate && arm === trial.arm,
      );
  return trials.flatMap((one, index): Finding[] => {
    const { trial, complete, failure } = one;
    if (complete || failure?.code !== 'ended-by-error' || failure.facts.error === 'INTERRUPTED') return [];
    if (!isRepeated(one, index + 1)) return [];
    return [
      {
        kind: 'repeated-after-error',
        severity: 'warn',
        service: null,
        arm: trial.arm,
        said: { code: 'repeated-after-error', facts: { trial: trial.id, failure } },
        value: null,
        threshold: null,
        unit: null,
      },
    ];
  });
}

/** Replicates that could not be used, and why. They are shown so that nobody counts three as five. */
export function leftOut({ leftOut: replicates }: Pairing, gated: readonly GatedSubject[]): Finding[] {
  const facts = { arm: null, threshold: null, unit: 'replicates' } as const;
  const whole: Finding[] =
    replicates.length === 0
      ? []
      : [
          infoFinding('replicates-left-out', {
            ...facts,
            service: null,
            said: { code: 'replicates-missing', facts: { replicates } },
            value: replicates.length,
          }),
        ];
  return [
    ...whole,
    ...gated.flatMap(({ subject: { role, missing, judged } }) =>
      missing.length === 0 || !judged
        ? []
        : [
            infoFinding('series-left-out', {
              ...facts,
              service: role,
              said: { code: 'series-missing', facts: { role, missing } },
              value: missing.length,
            }),
          ],
    ),
  ];
}

/** Lone readings that were left out as misread, of memory and of what is counted. */
export function misread(gated: readonly GatedSubject[]): Finding[] {
  return gated.flatMap(({ subject: { role, metric, replicates } }) => {
    const readings = replicates.flatMap(({ lone }) => lone);
    const [example] = readings;
    if (role === STACK_ROLE || example === undefined) return [];
    return [
      infoFinding('readings-left-out', {
        service: role,
        arm: null,
        said: { code: 'readings-misread', facts: { role, metric, readings: readings.length, example } },
        value: readings.length,
        threshold: null,
        unit: 'readings',
      }),
    ];
  });
}

/** What is counted beside memory, and seems to be stuck at the end of the windows: its growth is not known. */
export function countsStuck(counted: readonly ServiceAssessment[]): Finding[] {
  return counted.flatMap(({ role, metric, guards }) => {
    const stuck = guards.find((guard) => guard.code === 'stuck-end');
    if (stuck === undefined) return [];
    const { arm, seconds } = stuck.facts;
    return [
      infoFinding('counts-stuck', {
        service: role,
        arm,
        said: { code: 'counts-stuck', facts: { role, metric, arm, seconds } },
        value: seconds,
        threshold: null,
        unit: 's',
      }),
    ];
  });
}
