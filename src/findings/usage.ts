import type { UsageSubject } from '../evidence/index.js';
import { ARMS, type FindingKind, type Severity } from '../model/index.js';
import { falseDiscoveryAdjusted } from '../procedure/benjamini-hochberg.js';
import type { Finding, UsageAssessment, UsageMeasure } from '../results/index.js';
import { interval, pAtMost, replicateMean } from '../statistics/estimators/replicate-mean.js';
import type { LeastSpread } from '../statistics/estimators/variance-floor.js';
import { CONFIDENCE, USAGE_FLOOR_SHARE } from '../statistics/method.js';
import { mean } from '../statistics/numbers.js';
import { raise, severityOf } from './severity.js';

type Severities = Readonly<Record<string, Severity>>;

const KINDS: Readonly<Record<UsageMeasure, FindingKind>> = {
  cpu: 'cpu-higher',
  'cpu-drift': 'cpu-drifts',
  disk: 'disk-higher',
  log: 'log-higher',
  'latency-p50': 'latency-higher',
  'latency-p50-drift': 'latency-drifts',
  'latency-p99': 'latency-higher',
  'latency-p99-drift': 'latency-drifts',
};

/** An assessment before the adjustment for the number of tests; `p` is null if it is not tested. */
interface Compared {
  readonly assessment: Omit<UsageAssessment, 'pAdjusted'>;
  readonly p: number | null;
}

/** What is compared beside memory. A measure whose finding is switched off is shown and not tested. */
export function assessUsage(subjects: readonly UsageSubject[], severities: Severities): UsageAssessment[] {
  const compared = subjects.map((subject) => compare(subject, severities));
  const tested = compared.flatMap(({ p }) => p ?? []);
  const adjusted = falseDiscoveryAdjusted(tested);
  let next = 0;
  return compared.map(({ assessment, p }) => ({
    ...assessment,
    pAdjusted: p === null ? null : (adjusted[next++] as number),
  }));
}

/**
 * The findings that decide for this service and whose measures are not known: nobody can say that there is none. The
 * latency is that of the entry: any service may have it.
 */
export function usageUnknown(
  usage: readonly UsageAssessment[],
  role: string,
  decides: (kind: FindingKind) => boolean,
): FindingKind[] {
  const isKnown = (measure: UsageMeasure): boolean =>
    usage.some(
      (one) =>
        one.measure === measure && one.difference !== null && (measure.startsWith('latency') || one.role === role),
    );
  const kinds = (Object.keys(KINDS) as UsageMeasure[])
    .filter((measure) => decides(KINDS[measure]) && !isKnown(measure))
    .map((measure) => KINDS[measure]);
  return [...new Set(kinds)];
}

/** @param rate share of the findings that may be false */
export function usageFindings(usage: readonly UsageAssessment[], rate: number, severities: Severities): Finding[] {
  return usage.flatMap(({ role, measure, unit, value, difference, relative, margin, pAdjusted }) => {
    const { baseline, candidate } = value;
    if (pAdjusted === null || pAdjusted > rate || difference === null || margin === null) return [];
    if (baseline === null || candidate === null) return [];
    return raise(KINDS[measure], severities, {
      service: role,
      arm: 'candidate',
      said: {
        code: measure.endsWith('-drift') ? 'usage-drifts' : 'usage-higher',
        facts: { role, measure, unit, baseline, candidate, difference, relative, margin },
      },
      value: difference.value,
      threshold: margin,
      unit,
    });
  });
}

function compare(
  { role, measure, unit, tested, marginAt, replicates }: UsageSubject,
  severities: Severities,
): Compared {
  const pairs = replicates.flatMap(({ baseline, candidate }) =>
    baseline === null || candidate === null ? [] : [{ baseline, candidate }],
  );
  const value = meansOf(replicates);
  const shown = { role, measure, unit, value };
  if (pairs.length < 2) return { assessment: { ...shown, difference: null, relative: null, margin: null }, p: null };
  const margins = pairs.map(({ baseline }) => marginAt(baseline.level));
  const margin = mean(margins);
  const least: LeastSpread = { estimated: 0, known: USAGE_FLOOR_SHARE * margin, bias: 0 };
  const differences = pairs.map(({ baseline, candidate }) => candidate.value - baseline.value);
  const level = mean(pairs.map(({ baseline }) => baseline.level));
  const difference = replicateMean(differences, least);
  const isTested = tested && severityOf(KINDS[measure], severities) !== 'off';
  // The margin follows the baseline of the same pair, so that what slows both arms cancels.
  const beyond = replicateMean(
    differences.map((one, i) => one - (margins[i] as number)),
    least,
  );
  return {
    assessment: {
      ...shown,
      difference: { value: difference.mean, ...interval(difference, CONFIDENCE), confidence: CONFIDENCE },
      relative: level === 0 ? null : difference.mean / level,
      margin: isTested ? margin : null,
    },
    p: isTested ? pAtMost(beyond, 0) : null,
  };
}

/** The mean of each arm over the replicates that have it. */
function meansOf(replicates: UsageSubject['replicates']): UsageAssessment['value'] {
  const [baseline = null, candidate = null] = ARMS.map((arm) => {
    const values = replicates.flatMap((pair) => pair[arm]?.value ?? []);
    return values.length === 0 ? null : mean(values);
  });
  return { baseline, candidate };
}
