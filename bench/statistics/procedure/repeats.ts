import { isDisturbed, mostRepeats } from '../../../src/experiment/disturbance.js';
import { olsSlope } from '../../../src/statistics/estimators/ols.js';
import { drawReplicate, drawStalls, type Replicate, type Service, type Stall, type Timing } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Design } from './design.js';

/** How one pair of a run is drawn. */
export type Draw = (service: Service, timing: Timing, stalls: readonly Stall[]) => Replicate;

/** How late the baseline and the candidate ran, as shares of the schedule. */
type Late = readonly [baseline: number, candidate: number];

/** What disturbs the pairs of a run. */
export interface Disturbance {
  /** Share of the pairs during which the host is busy, and its stalls in each minute of such a pair. */
  readonly busyShare: number;
  readonly stallsPerMinute: number;
  /** How late a pair runs, depending on whether the host was busy or how much the pair grew (bytes per request). */
  readonly late: (busy: boolean, growth: number, random: Random) => Late;
  /** Whether late pairs are set aside and repeated, as in a run. Otherwise each one counts as it is. */
  readonly repeated: boolean;
}

/** The default of `identity.paceTolerance`. */
const TOLERANCE = 0.05;

/** Draws pairs one after the other. Pairs that the rule sets aside are drawn again while repetitions are left. */
export function disturbedDraws(disturbance: Disturbance, design: Design, random: Random): Draw {
  const { busyShare, stallsPerMinute, late, repeated } = disturbance;
  const most = repeated ? mostRepeats(Math.max(...design.looks.map(({ replicates }) => replicates))) : 0;
  let used = 0;
  return (service, timing) => {
    for (;;) {
      const busy = random.chance(busyShare);
      const drawn = drawReplicate(service, timing, random, busy ? drawStalls(stallsPerMinute, timing, random) : []);
      const ends = late(busy, growthOf(drawn), random).map((lateness) => ({ lateness }));
      if (used >= most || !isDisturbed(ends, TOLERANCE)) return drawn;
      used += 1;
    }
  };
}

function growthOf({ pair: { baseline, candidate } }: Replicate): number {
  const slope = (arm: typeof candidate): number => (arm === null ? 0 : olsSlope(arm.x, arm.y));
  return slope(candidate) - slope(baseline);
}
