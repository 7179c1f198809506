import type { PhaseSpan } from '../model/traffic-phase.js';
import { count } from './numbers.js';

/** `day 2,250 requests, attack-wave 900, evening 1,350`; empty if there are none. */
export function phaseWords(phases: readonly PhaseSpan[]): string {
  return phases
    .map(({ name, from, to }, index) => `${name} ${count(to - from)}${index === 0 ? ' requests' : ''}`)
    .join(', ');
}
