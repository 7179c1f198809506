import type { ArmName, ContainerFacts, Recording } from '../model/index.js';
import type { FreeMemory } from '../results/index.js';
import type { TrialPair } from './replicates.js';

/**
 * Memory that a service may still take on one arm. Every other computation takes it from here, so that a report has
 * only one such figure. It is the stated headroom in production, otherwise what the memory limit leaves above the level
 * at the window's end, otherwise the host's memory; null if none of these is known.
 */
export function freeMemory(
  services: readonly string[],
  levelAtEnd: number | null,
  containers: readonly ContainerFacts[],
  { manifest: { scenario, host } }: Recording,
): FreeMemory | null {
  const { production } = scenario.gate;
  if (production !== null) return { bytes: production.headroomBytes, source: 'production' };
  const limit = memoryLimit(services, containers, scenario.stack.limits.memoryBytes);
  if (limit !== null) return { bytes: Math.max(0, limit - (levelAtEnd ?? 0)), source: 'limit' };
  return host === null ? null : { bytes: host.memoryBytes, source: 'host' };
}

/** Memory limit of all containers of these services together; null if one of them has none. */
export function memoryLimit(
  services: readonly string[],
  containers: readonly ContainerFacts[],
  stated: number | null,
): number | null {
  const own = containers.filter(({ service }) => services.includes(service));
  const limits =
    own.length > 0 ? own.map(({ memoryLimitBytes }) => memoryLimitBytes ?? stated) : services.map(() => stated);
  if (limits.length === 0) return null;
  return limits.reduce((sum, limit) => (sum === null || limit === null ? null : sum + limit), 0);
}

/** The containers on an arm, from the first completed replicate. */
export function containersOn(pairs: readonly TrialPair[], arm: ArmName): readonly ContainerFacts[] {
  return pairs[0]?.[arm].containers ?? [];
}
