import { STACK_ROLE } from '../model/index.js';
import type { GrowthStatement, MissingReplicate, OpenReason, ServiceAssessment } from '../results/index.js';
import type { Measured } from './service-assessment.js';

/** Facts besides a service's own assessment. */
interface Around {
  readonly missing: readonly MissingReplicate[];
  /** Number of looks over which the plan divides alpha. */
  readonly looks: number;
}

/** The assessment with its statement. */
export function stated(service: Measured, around: Around): ServiceAssessment {
  return { ...service, said: statementOn(service, around) };
}

function statementOn(service: Measured, { missing, looks }: Around): GrowthStatement {
  const { role, metric, unit, difference, margin, services, judged, outcome, bounds } = service;
  const name = { role, metric };
  if (difference === null)
    return { code: 'growth-unmeasured', facts: { ...name, usable: service.replicates.length, missing } };
  const measured = { ...name, unit, difference, margin };
  if (services.candidate.length === 0)
    return { code: 'growth-gone', facts: { ...name, unit, growth: -difference.value } };
  if (!judged) return { code: 'growth-watched', facts: { ...measured, as: watchedAs(service) } };
  const why = outcome === 'inconclusive' ? reasonOf(service, looks) : null;
  if (services.baseline.length === 0) return { code: 'growth-new', facts: { ...measured, why } };
  if (why !== null) return { code: 'growth-open', facts: { ...measured, why } };
  if (outcome === 'fail') return { code: 'growth-fails', facts: measured };
  const settled = service.guards.find((guard) => guard.code === 'settled');
  if (settled !== undefined) {
    const { code, facts } = settled;
    return { code: 'growth-settled', facts: { ...measured, settled: { code, facts } } };
  }
  // A PASS needs only one bound, and that one is nearer than the end of a two-sided interval.
  const surelyBelow = bounds !== null && difference.upper >= margin ? bounds.upper : null;
  return { code: 'growth-passes', facts: { ...measured, surelyBelow } };
}

function watchedAs({ role, metric }: Measured): 'unjudged' | 'total' | 'count' {
  if (role === STACK_ROLE) return 'total';
  return metric.endsWith('_bytes') ? 'unjudged' : 'count';
}

/** Why the numbers do not decide: the guard that prevented a verdict, or what makes the bounds so wide. */
function reasonOf(service: Measured, looks: number): OpenReason {
  const { confirmationStatus, guards, floor, replicates, difference, bounds, margin, unit, standardDeviation } =
    service;
  if (confirmationStatus === 'wanted') return { code: 'confirmation-wanted', facts: {} };
  const guard =
    guards.findLast(({ name }) => name === 'NOT-CONFIRMED' || name === 'NOT-MEASURED') ??
    guards.find(({ code }) => code !== 'sawtooth') ??
    guards.find(({ facts }) => 'enough' in facts && !facts.enough);
  if (guard !== undefined) return { code: guard.code, facts: guard.facts } as OpenReason;
  if (bounds !== null && difference !== null && (difference.upper < margin || difference.lower > margin))
    return { code: 'bounds-stricter', facts: { unit, lower: bounds.lower, upper: bounds.upper, looks } };
  if (floor?.active) return { code: 'window-too-short', facts: { unit, floor: floor.value, source: floor.source } };
  return {
    code: 'replicates-vary',
    facts: { unit, replicates: replicates.length, deviation: standardDeviation ?? 0 },
  };
}
