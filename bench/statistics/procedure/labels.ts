import type { TrafficBlocks } from '../../../src/model/index.js';
import { blockCounter } from '../../../src/traffic/blocks/block-counter.js';
import { blockOrder, blockSigns } from '../../../src/traffic/blocks/block-order.js';
import { blockLayout } from '../../../src/traffic/blocks/layout.js';
import { mixOrder } from '../../../src/traffic/order.js';
import type { Timing } from '../generator/pair.js';

/** Windows of a confirming pair, in windows. */
const LONGEST = 3;

/** The labels of a trace: their blocks, and how many requests of the first label are among a number of requests. */
export interface LabelledTraffic {
  readonly blocks: TrafficBlocks;
  readonly sent: (request: number) => number;
  /** The same for a trace in which the mix never varies. */
  readonly sentEvenly: (request: number) => number;
}

/**
 * A mix of labels by weight, as in a trace with this timing. Every trial of a bench has the same one, like every
 * replicate of a run.
 */
export function labelledTraffic(weights: readonly number[], { rate, warmup, window }: Timing): LabelledTraffic {
  const shares = weights.map((weight, i) => ({ label: `label ${i + 1}`, weight }));
  const layout = blockLayout(shares, { warmup: warmup * rate, window: window * rate, rate });
  if (layout === null) throw new RangeError(`a window of ${window} s has no blocks`);
  const length = Math.ceil((warmup + LONGEST * window) * rate);
  const counter = blockCounter(shares, layout);
  const order = Array.from(firstOf(blockOrder(shares, layout, blockSigns(shares, layout, 1), 1), length));
  for (const [index, entry] of order.entries()) counter.add(index, entry);
  return {
    blocks: counter.done(),
    sent: countOfFirst(order),
    sentEvenly: countOfFirst(Array.from(firstOf(mixOrder(weights, 1), length))),
  };
}

function* firstOf(order: Generator<number, never>, count: number): Generator<number, void> {
  for (let i = 0; i < count; i += 1) yield order.next().value;
}

function countOfFirst(order: readonly number[]): (request: number) => number {
  const sums = new Float64Array(order.length + 1);
  for (const [index, entry] of order.entries()) sums[index + 1] = (sums[index] as number) + (entry === 0 ? 1 : 0);
  return (request) => sums[Math.min(request, order.length)] as number;
}
