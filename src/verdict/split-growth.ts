import type { GatedSubject } from '../evidence/index.js';
import type { ArmName } from '../model/index.js';
import type { Estimate, SplitGrowth } from '../results/index.js';
import { leastSpread, type LeastSpread } from '../statistics/estimators/variance-floor.js';
import { median } from '../statistics/numbers.js';
import { estimateOf } from './estimate-of.js';

/**
 * The window's growth told in two parts: each replicate gives its slope in the window, less its slope in the idle phase
 * times the seconds that a request takes. At another rate a request takes another time. Null with fewer than two
 * replicates in which both were measured. Source: docs/method.md#step-16-growth-with-time
 */
export function splitGrowth(idle: GatedSubject, window: GatedSubject, ratePerSecond: number): SplitGrowth | null {
  if (idle.evidence === null || window.evidence === null) return null;
  const { requests, floor } = window.evidence;
  const both = window.subject.replicates.flatMap(({ replicate, seconds }, place) => {
    const at = idle.subject.replicates.findIndex((one) => one.replicate === replicate);
    return at < 0 ? [] : [{ place, at, secondsEach: seconds / (requests[place] as number) }];
  });
  if (both.length < 2) return null;
  const spreads = [leastSpread(floor), leastSpread(idle.evidence.floor)] as const;
  const usual = median(both.map(({ secondsEach }) => secondsEach));
  /** Growth if a request took so many seconds. */
  const told = (of: 'differences' | ArmName, secondsOfRequest: number): Estimate | null => {
    const [underLoad, alone] = [window.evidence?.[of], idle.evidence?.[of]];
    if (!underLoad || !alone) return null;
    const values = both.map(
      ({ place, at, secondsEach }) =>
        (underLoad[place] as number) + (secondsOfRequest - secondsEach) * (alone[at] as number),
    );
    return estimateOf(values, sumOf(...spreads, Math.abs(secondsOfRequest - usual)));
  };
  const growths = (secondsOfRequest: number) => {
    const difference = told('differences', secondsOfRequest);
    const growth = { baseline: told('baseline', secondsOfRequest), candidate: told('candidate', secondsOfRequest) };
    return difference && { growth, difference };
  };
  const [perRequest, atRate] = [growths(0), growths(1 / ratePerSecond)];
  return perRequest && atRate && { perRequest, atRate: { ratePerSecond, ...atRate } };
}

/** The least spread of a slope and `scale` times another one. */
function sumOf(one: LeastSpread, other: LeastSpread, scale: number): LeastSpread {
  return {
    estimated: Math.hypot(one.estimated, scale * other.estimated),
    known: Math.hypot(one.known, scale * other.known),
    bias: one.bias + scale * other.bias,
  };
}
