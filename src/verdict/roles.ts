import { ARMS, type ArmName } from '../model/index.js';
import type { TrialPair } from './replicates.js';

/** One service as both arms know it. */
export interface Role {
  readonly role: string;
  /** Names of its services on each side; empty where it does not exist. */
  readonly services: Readonly<Record<ArmName, readonly string[]>>;
  /** False for services that are watched and shown but do not decide. */
  readonly judged: boolean;
}

/** Every role that any trial shows, in order of first appearance. */
export function rolesOf(pairs: readonly TrialPair[], unjudged: readonly string[]): Role[] {
  const found = new Map<string, Record<ArmName, Set<string>>>();
  for (const pair of pairs)
    for (const arm of ARMS)
      for (const { role, service } of pair[arm].services) {
        const sides = found.get(role) ?? { baseline: new Set(), candidate: new Set() };
        sides[arm].add(service);
        found.set(role, sides);
      }
  return [...found].map(([role, { baseline, candidate }]) => ({
    role,
    services: { baseline: [...baseline], candidate: [...candidate] },
    judged: ![role, ...baseline, ...candidate].some((name) => unjudged.includes(name)),
  }));
}
