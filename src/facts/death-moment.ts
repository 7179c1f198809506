import type { Result, Worded } from '../results/index.js';
import { happenedSentence } from '../words/clock.js';

/** For a statement about a container that died: when it died. Null for others, and if its event is not known. */
export function deathMoment({ trials, verdict: { assessment } }: Result, { facts }: Worded): string | null {
  if (!('death' in facts)) return null;
  const { trial: id, role, arm, kind, requests } = facts.death;
  const services = assessment.services.find((service) => service.role === role)?.services[arm] ?? [role];
  const trial = trials.find((one) => one.id === id);
  const event = trial?.events.find(
    (one) => one.kind === kind && one.requests === requests && services.includes(one.service),
  );
  return event === undefined ? null : happenedSentence(trial?.clockAtZero, event.time, id);
}
