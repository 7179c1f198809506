import type { ArmName, ContainerFacts } from '../model/index.js';
import type { Result } from '../results/index.js';

interface VersionRow {
  /** `nginx`, or `image` for the image itself. */
  readonly what: string;
  readonly baseline: string | null;
  readonly candidate: string | null;
  readonly changed: boolean;
}

export interface ServiceVersions {
  readonly role: string;
  readonly rows: readonly VersionRow[];
}

function describe(container: ContainerFacts | undefined): ReadonlyMap<string, string> {
  if (container === undefined) return new Map();
  const limits =
    container.memoryLimitBytes === null ? [] : [['memory limit, bytes', String(container.memoryLimitBytes)] as const];
  const cpus = container.cpus === null ? [] : [['CPUs', String(container.cpus)] as const];
  return new Map([
    ['image', container.image],
    ['image digest', container.imageId],
    ...Object.entries(container.versions),
    ...limits,
    ...cpus,
  ]);
}

/** What ran on each arm, role by role, and what differs. The verdict is about all of these differences together. */
export function versionsOf(result: Result): readonly ServiceVersions[] {
  const { roles } = result.manifest.scenario.stack;
  const roleOf = (container: ContainerFacts): string =>
    Object.hasOwn(roles, container.service) ? (roles[container.service] ?? container.service) : container.service;
  const find = (arm: ArmName, role: string): ContainerFacts | undefined =>
    result.containers[arm].find((container) => roleOf(container) === role);
  const names = new Set([...result.containers.baseline, ...result.containers.candidate].map(roleOf));
  return [...names].map((role) => {
    const [baseline, candidate] = [describe(find('baseline', role)), describe(find('candidate', role))];
    const rows = [...new Set([...baseline.keys(), ...candidate.keys()])].map((what) => {
      const [before, after] = [baseline.get(what) ?? null, candidate.get(what) ?? null];
      return { what, baseline: before, candidate: after, changed: before !== after };
    });
    return { role, rows };
  });
}
