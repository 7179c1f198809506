import type { Finding, ServiceAssessment, Severity } from '../../model/index.js';
import { estimate, growth as growthWords } from '../../words/growth.js';
import { significant } from '../../words/numbers.js';
import { gatherEvidence } from '../../statistics/estimators/growth-evidence.js';
import { DEFAULT_RHO } from '../../statistics/guards/guard-rules.js';
import { rulesAt, type Alphas } from '../../statistics/procedure/judge-family.js';
import { judgeLook } from '../../statistics/procedure/judge-look.js';
import { mean } from '../../statistics/numbers.js';
import { lowerBound, replicateMean, upperBound } from '../../statistics/estimators/replicate-mean.js';
import { leastSpread } from '../../statistics/estimators/variance-floor.js';
import type { GatedSubject } from '../gate.js';
import { moreWords, subjectName } from '../sentences.js';
import { COUNTED } from '../subjects.js';
import { raise } from '../severity.js';

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
    if (upper >= 0) return [];
    const size = upper < -subject.margin ? '' : ' That is less than the margin, but sure.';
    const { interval, confidence } = estimate(difference, subject.unit);
    return raise('improvement', severities, {
      service: subject.role,
      arm: 'candidate',
      sentence: `${subjectName(subject)} improved: it grows ${moreWords(difference, subject.unit)} in the candidate than in the baseline (${confidence} interval of the difference ${interval}).${size}`,
      value: -difference.value,
      threshold: 0,
      unit: subject.unit,
      hint: null,
    });
  });
}

/** Both versions grow by more than the margin on their own: no regression, and no clean bill either. */
export function bothLeak(
  gated: readonly GatedSubject[],
  alphas: Alphas,
  severities: Readonly<Record<string, Severity>>,
): Finding[] {
  return gated.flatMap(({ subject, evidence }) => {
    if (!subject.judged || evidence === null || evidence.differences.length < 2) return [];
    const slopes = [evidence.baseline, evidence.candidate];
    // Most stacks do not grow on either side: the guards on each arm alone are worth their time only where both do.
    if (slopes.some((arm) => arm === null || mean(arm) <= subject.margin)) return [];
    const arms = (['baseline', 'candidate'] as const).map((arm) =>
      subject.replicates.map(({ pair }) => ({ baseline: null, candidate: pair[arm] })),
    );
    const judgements = arms.map((pairs) =>
      judgeLook(gatherEvidence(pairs, subject.quantum), rulesAt(alphas, 1, subject.margin, DEFAULT_RHO)),
    );
    const [baseline, candidate] = judgements;
    if (baseline?.decision !== 'fail' || candidate?.decision !== 'fail') return [];
    return raise('both-leak', severities, {
      service: subject.role,
      arm: null,
      sentence: `${subjectName(subject)} grows in both versions: by ${growthWords(baseline.estimate.mean, subject.unit)} in the baseline and ${growthWords(candidate.estimate.mean, subject.unit)} in the candidate.`,
      value: Math.min(baseline.lower, candidate.lower),
      threshold: subject.margin,
      unit: subject.unit,
      hint: 'Not a regression, but a leak or a cache that has not filled: run longer to tell which.',
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
      sentence: `${subjectName(subject)} grow by ${significant(difference.mean * 1000)} per 1,000 ${subject.unit.endsWith('/s') ? 'seconds' : 'requests'} more in the candidate than in the baseline (surely more than ${significant(lowerBound(difference, 0.05) * 1000)}).`,
      value: difference.mean,
      threshold: subject.margin,
      unit: subject.unit,
      hint: 'A leak of handles ends in refused connections, whatever memory says.',
    });
  });
}
