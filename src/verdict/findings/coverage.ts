import type { Finding, ServiceAssessment, Severity } from '../../model/index.js';
import type { GatedSubject } from '../gate.js';
import type { Pairing } from '../replicates.js';
import { STACK_ROLE } from '../subjects.js';
import { inform, raise } from '../severity.js';
import { growth as growthWords } from '../../words/growth.js';
import { list } from '../../words/numbers.js';

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
    const growth = service.growth[arm];
    const rest =
      arm === 'candidate'
        ? 'it is judged on its own growth and on the whole stack'
        : 'it is not judged; the whole stack is';
    return raise(`only-in-${arm}`, severities, {
      service: service.role,
      arm,
      sentence: `${service.role} exists in the ${arm} only${growth === null ? '' : `, where it grows by ${growthWords(growth.value, service.unit)}`}; ${rest}.`,
      value: growth?.value ?? null,
      threshold: service.margin,
      unit: service.unit,
      hint: 'If it was renamed, give both names one role in stack.roles.',
    });
  });
}

/** Replicates that could not be used, and why: shown, so that nobody takes three for five. */
export function leftOut({ leftOut: replicates }: Pairing, gated: readonly GatedSubject[]): Finding[] {
  const whole = replicates.map(({ replicate, reason }) => `replicate ${replicate}: ${reason}`);
  const facts = { arm: null, threshold: null, unit: 'replicates', hint: null } as const;
  return [
    ...(whole.length === 0
      ? []
      : [
          inform('replicates-left-out', {
            ...facts,
            service: null,
            sentence: `Left out: ${list(whole)}.`,
            value: whole.length,
          }),
        ]),
    ...gated.flatMap(({ subject }) =>
      subject.missing.length === 0 || !subject.judged
        ? []
        : [
            inform('series-left-out', {
              ...facts,
              service: subject.role,
              sentence: `Left out: ${list(subject.missing)}.`,
              value: subject.missing.length,
            }),
          ],
    ),
  ];
}
