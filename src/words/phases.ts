import type { PhaseSpan } from '../model/traffic-phase.js';
import { count } from './numbers.js';

/** `day 2,250 requests, attack-wave 900, evening 1,350`; empty where there are none. */
export function phaseWords(phases: readonly PhaseSpan[]): string {
  return phases
    .map(({ name, from, to }, place) => `${name} ${count(to - from)}${place === 0 ? ' requests' : ''}`)
    .join(', ');
}
