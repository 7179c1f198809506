import { requestsIn, type Scenario } from '../model/index.js';
import type { Problem } from './problem.js';

/**
 * Faults of requests that repeat, and of a FAIL that the live heap must show: that is a proof only if no cache can fill
 * in the window, so every request of the window must have been sent before it.
 */
export function checkRepeat({ traffic, experiment, gate, observe }: Scenario): readonly Problem[] {
  const { repeat, phases, schedule, rate } = traffic;
  return [...unrepeatable(), ...shortWarmup(), ...unseen()];

  function unrepeatable(): readonly Problem[] {
    if (repeat === undefined) return [];
    const message = `cannot be combined with traffic.repeat (${repeat} requests, again and again)`;
    const hint = 'the preset "instant" repeats requests; take another preset, or remove this';
    const at = (key: string): Problem => ({ kind: 'cannot-repeat', path: ['traffic', key], message, hint });
    return [
      ...(phases === undefined ? [] : [at('phases')]),
      ...(schedule?.kind === 'recorded' ? [at('schedule')] : []),
    ];
  }

  function shortWarmup(): readonly Problem[] {
    if (repeat === undefined || requestsIn(experiment.warmup, rate) >= repeat) return [];
    return [
      {
        kind: 'cannot-repeat',
        path: ['experiment', 'warmup'],
        message: `the warm-up must send each of the ${repeat} requests of traffic.repeat once, so that caches are full`,
        hint: `write warmup: { requests: ${repeat} } or more`,
      },
    ];
  }

  function unseen(): readonly Problem[] {
    if (gate.confirm !== 'live-heap') return [];
    const path = ['gate', 'confirm'];
    if (repeat === undefined)
      return [
        {
          kind: 'no-live-heap',
          path,
          message: 'live-heap needs traffic.repeat: with new requests a cache that fills looks like a leak',
          hint: 'write traffic: { repeat: 300 }, or take confirm: auto',
        },
      ];
    if (observe?.lens === 'auto') return [];
    return [
      {
        kind: 'no-live-heap',
        path,
        message: 'live-heap needs the lens, which counts the live heap',
        hint: 'write observe: { lens: auto }, or take confirm: auto',
      },
    ];
  }
}
