import type { TrialRecording } from '../../model/index.js';
import { IDLE_REST_SECONDS } from '../../statistics/method.js';
import type { Window } from './window.js';

/**
 * The judged part of the idle phase, seconds since the trial began: no requests, services alive. Its first seconds are
 * left out, because memory still moves after the load and after an action. Null if nothing is left.
 */
export function idleOf({ phases, actions = [] }: TrialRecording): Window | null {
  const idle = phases.find(({ name }) => name === 'idle');
  if (idle === undefined) return null;
  const ends = actions.map(({ time, seconds }) => time + seconds);
  const from = Math.max(idle.from.time, ...ends) + IDLE_REST_SECONDS;
  return from < idle.to.time ? { from, to: idle.to.time } : null;
}
