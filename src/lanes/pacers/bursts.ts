import type { Bursts } from '../../model/index.js';
import type { Pacer } from './pacer.js';

/**
 * A third of the load leaves in bursts, one every 3 s: enough to keep every open connection busy, with enough time for
 * the rest to leave on time.
 */
export const BURSTS: Bursts = { share: 1 / 3, everySeconds: 3 };

/**
 * The same schedule, but requests that are due in the first part of each stretch leave at its start. With stretches of
 * E milliseconds, due(i) = E · ⌊t / E⌋ if t mod E < share · E, otherwise t.
 */
export function burstPacer(steady: Pacer, { share, everySeconds }: Bursts): Pacer {
  const every = everySeconds * 1000;
  const inBurst = (index: number): boolean => steady.due(index) % every < share * every;
  return {
    inBurst,
    due: (index) => (inBurst(index) ? Math.floor(steady.due(index) / every) * every : steady.due(index)),
    end: steady.end,
  };
}
