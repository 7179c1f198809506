import type { ScenarioFile } from '../schema/index.js';
import type { Problem } from './problem.js';
import { marginOf } from './to-scenario.js';

/** Two margins are stated, and only one counts. */
export function checkGate({ gate }: ScenarioFile): readonly Problem[] {
  const { margin, production } = gate;
  if (margin === undefined || production === undefined) return [];
  const derived = Number(marginOf({ ...gate, margin: undefined }).toPrecision(3));
  return [
    {
      path: ['gate', 'margin'],
      severity: 'warning',
      message: `gate.production would give ${derived} B/request, but the margin here counts: ${margin} B/request`,
      hint: 'leave one of the two out, unless production is meant for the time-to-limit figures alone',
    },
  ];
}
