import type { PhaseSpan, TrafficPhase } from '../model/index.js';
import type { LabelShare } from './blocks/groups.js';
import { mixOrder, spread } from './order.js';
import { createRandom } from './random.js';
import { wholeNumbers } from './whole-numbers.js';

/**
 * The order of `mixOrder` up to the first phase, and then the phases in turn, each with exactly its own weights, evenly
 * spread in a seeded order. Phases follow each other in `spans`. After the last one, the mix of `mixOrder` is used
 * again.
 */
export function* phaseOrder(
  shares: readonly LabelShare[],
  phases: readonly TrafficPhase[],
  spans: readonly PhaseSpan[],
  seed: number,
): Generator<number, never> {
  const even = mixOrder(
    shares.map(({ weight }) => weight),
    seed,
  );
  const random = createRandom(seed, 'phases');
  for (let index = 0; index < (spans[0]?.from ?? 0); index++) yield even.next().value;
  for (const [place, { from, to }] of spans.entries())
    yield* spread(countsOf(shares, phases[place]?.mix ?? {}, to - from), random);
  return yield* even;
}

/**
 * Requests of each entry in a phase of this length. Templates with the same label share its requests in proportion to
 * their weights.
 */
function countsOf(shares: readonly LabelShare[], mix: TrafficPhase['mix'], requests: number): number[] {
  const together = (label: string): number =>
    shares.reduce((sum, one) => sum + (one.label === label ? one.weight : 0), 0);
  const stated = new Map(Object.entries(mix));
  const weights = shares.map(({ label, weight }) => ((stated.get(label) ?? 0) * weight) / together(label));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return wholeNumbers(
    weights.map((weight) => (weight / total) * requests),
    requests,
  );
}
