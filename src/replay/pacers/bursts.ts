import type { Bursts } from '../../model/index.js';
import type { Pacer } from './pacer.js';

/**
 * A third of the load leaves in bursts, one every 3 s: enough to keep every open connection busy, and room for the rest
 * to leave on time.
 */
export const BURSTS: Bursts = { share: 1 / 3, everySeconds: 3 };

/**
 * The same pace, but what is due in the first part of each stretch of time leaves at the start of the stretch: with
 * stretches of E milliseconds, due(i) = E · ⌊t / E⌋ where t mod E < share · E, else t.
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
