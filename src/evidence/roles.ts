import { ARMS, type ArmName, type StackSettings, type TrialRecording } from '../model/index.js';
import type { TrialPair } from './replicates.js';

/** One service, with the name that both arms share. */
export interface Role {
  readonly role: string;
  /** Names of its services on each arm; empty if it does not exist there. */
  readonly services: Readonly<Record<ArmName, readonly string[]>>;
  /** False for services that are watched and shown but do not decide. */
  readonly judged: boolean;
}

/**
 * Every role in any trial, in order of first appearance, from its readings or from the list of its containers. A
 * service that ran without being measured has a role too, so that its missing readings are reported.
 */
export function rolesOf(
  pairs: readonly TrialPair[],
  { unjudged, roles }: Pick<StackSettings, 'unjudged' | 'roles'>,
): Role[] {
  const roleOf = (service: string): string => (Object.hasOwn(roles, service) ? (roles[service] as string) : service);
  const found = new Map<string, Record<ArmName, Set<string>>>();
  for (const pair of pairs)
    for (const arm of ARMS)
      for (const [service, role] of servicesOf(pair[arm], roleOf)) {
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

/** Role by service, for services that were read and services that ran. */
function servicesOf(
  { services, containers }: TrialRecording,
  roleOf: (service: string) => string,
): ReadonlyMap<string, string> {
  const found = new Map(services.map(({ service, role }) => [service, role]));
  for (const { service } of containers) if (!found.has(service)) found.set(service, roleOf(service));
  return found;
}
