import type { ScenarioFile } from '../schema/index.js';
import type { Problem } from './problem.js';
import { marginOf } from './to-scenario.js';

/** A fault if two margins are stated, because only one can count. */
export function checkGate({ gate }: ScenarioFile): readonly Problem[] {
  const { margin, production } = gate;
  const stated = margin?.request;
  if (stated === undefined || production === undefined) return [];
  const derived = Number(marginOf({ ...gate, margin: undefined }).toPrecision(3));
  return [
    {
      kind: 'two-margins',
      path: ['gate', 'margin'],
      severity: 'warning',
      message: `gate.production gives a margin of ${derived} B/request, but gate.margin is used: ${stated} B/request`,
      hint: 'remove one of the two, unless you need production only for the time until memory is full',
    },
  ];
}
