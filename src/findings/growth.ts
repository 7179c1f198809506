import { COUNTED, type GatedSubject } from '../evidence/index.js';
import type { Severity } from '../model/index.js';
import type { Finding, ServiceAssessment } from '../results/index.js';
import { gatherEvidence } from '../statistics/estimators/growth-evidence.js';
import { lowerBound, replicateMean, upperBound } from '../statistics/estimators/replicate-mean.js';
import { leastSpread } from '../statistics/estimators/variance-floor.js';
import { mean } from '../statistics/numbers.js';
import { rulesAt, type Alphas } from '../procedure/judge-family.js';
import { judgeLook } from '../procedure/judge-look.js';
import { raise } from './severity.js';

/** Surely below 0, at FAIL's own alpha: the candidate grows less. */
export function improvements(
  gated: readonly GatedSubject[],
  services: readonly ServiceAssessment[],
  alphas: Alphas,
  severities: Readonly<Record<string, Severity>>,
): Finding[] {
  return gated.flatMap(({ subject, evidence }, i) => {
    const difference = services[i]?.difference;
    if (
      evidence === null ||
      !difference ||
      subject.services.baseline.length === 0 ||
      subject.services.candidate.length === 0
    )
      return [];
    const upper = upperBound(replicateMean(evidence.differences, leastSpread(evidence.floor)), alphas.fail);
    // Readings that are too coarse for the margin cannot show an improvement either.
    const { requests, rounding } = evidence.floor;
    if (upper >= 0 || (rounding !== undefined && evidence.resolution / requests > subject.margin)) return [];
    const { role, metric, unit, margin } = subject;
    return raise('improvement', severities, {
      service: subject.role,
      arm: 'candidate',
      said: { code: 'improved', facts: { role, metric, unit, difference, withinMargin: upper >= -margin } },
      value: -difference.value,
      threshold: 0,
      unit: subject.unit,
    });
  });
}

/** Both versions grow by more than the margin: no regression, but both have a problem. */
export function bothLeak(
  gated: readonly GatedSubject[],
  alphas: Alphas,
  severities: Readonly<Record<string, Severity>>,
): Finding[] {
  return gated.flatMap(({ subject, evidence }) => {
    if (!subject.judged || evidence === null || evidence.differences.length < 2) return [];
    const slopes = [evidence.baseline, evidence.candidate];
    // Most stacks do not grow on either arm. The guards for single arms take time, so they run only if both grow.
    if (slopes.some((arm) => arm === null || mean(arm) <= subject.margin)) return [];
    const arms = (['baseline', 'candidate'] as const).map((arm) =>
      subject.replicates.map(({ pair }) => ({ baseline: null, candidate: pair[arm] })),
    );
    const judgements = arms.map((pairs) =>
      judgeLook(gatherEvidence(pairs, subject.quantum), rulesAt(alphas, 1, subject.margin)),
    );
    const [baseline, candidate] = judgements;
    if (baseline?.decision !== 'fail' || candidate?.decision !== 'fail') return [];
    return raise('both-leak', severities, {
      service: subject.role,
      arm: null,
      said: {
        code: 'both-grow',
        facts: {
          role: subject.role,
          metric: subject.metric,
          unit: subject.unit,
          baseline: baseline.estimate.mean,
          candidate: candidate.estimate.mean,
        },
      },
      value: Math.min(baseline.lower, candidate.lower),
      threshold: subject.margin,
      unit: subject.unit,
    });
  });
}

/** Memory that surely grows with time alone, by more than the hourly margin. */
export function growthWithTime(
  services: readonly ServiceAssessment[],
  severities: Readonly<Record<string, Severity>>,
): Finding[] {
  return services.flatMap(({ role, metric, time }) => {
    if (time?.state !== 'grows') return [];
    const { difference, margin, seconds } = time;
    return raise('grows-with-time', severities, {
      service: role,
      arm: 'candidate',
      said: { code: 'grows-with-time', facts: { role, metric, unit: 'bytes/h', difference, margin, seconds } },
      value: difference.value,
      threshold: margin,
      unit: 'bytes/h',
    });
  });
}

/** Descriptors, threads or sockets that grow with the requests on the candidate and not on the baseline. */
export function countedGrowth(
  gated: readonly GatedSubject[],
  severities: Readonly<Record<string, Severity>>,
): Finding[] {
  return gated.flatMap(({ subject, evidence, member }) => {
    const kind = COUNTED.find(({ metric }) => metric === subject.metric)?.finding;
    if (kind === undefined || member?.decision !== 'fail' || evidence === null) return [];
    const { estimate: difference } = member.judgement;
    return raise(kind, severities, {
      service: subject.role,
      arm: 'candidate',
      said: {
        code: 'count-grows',
        facts: {
          role: subject.role,
          metric: subject.metric,
          unit: subject.unit,
          difference: difference.mean,
          surelyMoreThan: lowerBound(difference, 0.05),
        },
      },
      value: difference.mean,
      threshold: subject.margin,
      unit: subject.unit,
    });
  });
}
