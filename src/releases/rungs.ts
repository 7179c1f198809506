import type { Estimate, LadderRung, Result, RungService, VersionRun } from '../results/index.js';
import { intervalOfDifference } from '../statistics/estimators/interval-of-difference.js';

/** A version with the result of its run against the first one. */
export interface JudgedVersion {
  readonly run: VersionRun;
  /** Null if it was not judged, and for the first version. */
  readonly result: Result | null;
}

/**
 * The steps of a staircase: the growth of each version, and by how much it differs from the version before. The growth
 * of the first version is the one that was measured beside the second one, or beside the next one that was judged.
 * @example rungsOf([first, second]).at(-1)?.services[0]?.step
 */
export function rungsOf([first, ...others]: readonly JudgedVersion[]): readonly LadderRung[] {
  if (first === undefined) return [];
  const beside = others.find(({ result }) => result !== null && servicesOf(result).length > 0)?.result ?? null;
  const rungs: LadderRung[] = [
    { ...first.run, services: beside === null ? [] : servicesOf(beside).map(({ first: growth }) => growth) },
  ];
  for (const { run, result } of others) {
    const before = rungs.at(-1) as LadderRung;
    const services = result === null ? [] : servicesOf(result).map(({ own }) => own);
    rungs.push({
      ...run,
      services: services.map((service) => ({ ...service, step: stepFrom(service, before, rungs.length === 1) })),
    });
  }
  return rungs;
}

/** Each judged service: its row for the version, and its row for the first version. */
function servicesOf({ verdict }: Result): readonly { readonly own: RungService; readonly first: RungService }[] {
  return verdict.assessment.services
    .filter(({ judged }) => judged)
    .map(({ role, metric, unit, outcome, growth, difference }) => {
      const name = { role, metric, unit, step: null };
      return {
        own: { ...name, outcome, growth: growth.candidate, difference },
        first: { ...name, outcome: null, growth: growth.baseline, difference: null },
      };
    });
}

/** The two differences come from different runs, so they are independent. */
function stepFrom(service: RungService, before: LadderRung, fromFirst: boolean): Estimate | null {
  const { difference } = service;
  if (difference === null || fromFirst) return difference;
  const earlier = before.services.find(({ role, metric }) => role === service.role && metric === service.metric);
  const from = earlier?.difference ?? null;
  if (from === null || from.confidence !== difference.confidence) return null;
  return { ...intervalOfDifference(difference, from), confidence: difference.confidence };
}
