import type { ArmName } from '../model/index.js';
import type { Result } from '../results/index.js';

export interface ArmTraffic {
  readonly planned: number;
  readonly sent: number;
  readonly answered: number;
}

/** How both arms answered the requests of one label: status → requests. */
export interface LabelTraffic {
  readonly label: string;
  readonly statuses: readonly string[];
  readonly counts: Readonly<Record<ArmName, ReadonlyMap<string, number>>>;
  readonly differs: boolean;
}

export function armTraffic(result: Result, arm: ArmName): ArmTraffic {
  const trials = result.trials.filter((trial) => trial.arm === arm);
  const sum = (key: 'planned' | 'sent' | 'answered'): number => trials.reduce((total, trial) => total + trial[key], 0);
  return { planned: sum('planned'), sent: sum('sent'), answered: sum('answered') };
}

export interface ArmLateness {
  /** Milliseconds after the scheduled time: in the median trial, and in the worst. */
  readonly p50: number;
  readonly p99: number;
}

/** How late the requests of an arm left; null if no trial has this number. */
export function latenessOfArm(result: Result, arm: ArmName): ArmLateness | null {
  const known = result.trials.flatMap((trial) =>
    trial.arm === arm && trial.lateness !== null ? [trial.lateness] : [],
  );
  const medians = known.map(({ p50 }) => p50).sort((a, b) => a - b);
  return known.length === 0
    ? null
    : { p50: medians[Math.floor((medians.length - 1) / 2)] ?? 0, p99: Math.max(...known.map(({ p99 }) => p99)) };
}

/**
 * Connections opened to an arm in all trials, and how many resumed an earlier TLS session; null if they were not
 * counted.
 */
export function connectionsOf(
  result: Result,
  arm: ArmName,
): { readonly opened: number; readonly resumed: number } | null {
  const known = result.trials.flatMap((trial) =>
    trial.arm === arm && trial.connections !== undefined ? [trial.connections] : [],
  );
  return known.length === 0
    ? null
    : known.reduce((sum, { opened, resumed }) => ({ opened: sum.opened + opened, resumed: sum.resumed + resumed }), {
        opened: 0,
        resumed: 0,
      });
}

/** `wire, HTTP/1.1 over TLS`: the engine that sent the traffic, and its protocol; null if it was not recorded. */
export function transportWords({
  manifest: {
    trace,
    scenario: { traffic },
  },
}: Result): string | null {
  if (trace?.engine === undefined) return null;
  const version = traffic.protocol?.kind === 'http2' ? '2' : '1.1';
  return `${trace.engine}, HTTP/${version}${traffic.tls === undefined ? '' : ' over TLS'}`;
}

function countsOf(result: Result, arm: ArmName, label: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const trial of result.trials) {
    if (trial.arm !== arm || !Object.hasOwn(trial.counts, label)) continue;
    for (const [status, number] of Object.entries(trial.counts[label] ?? {}))
      counts.set(status, (counts.get(status) ?? 0) + number);
  }
  return counts;
}

/** Every label of the trace, in the order of the scenario if it is known. */
export function labelTraffic(result: Result): readonly LabelTraffic[] {
  const planned = result.manifest.trace?.labels ?? {};
  const labels = new Set([...Object.keys(planned), ...result.trials.flatMap((trial) => Object.keys(trial.counts))]);
  return [...labels].map((label) => {
    const counts = { baseline: countsOf(result, 'baseline', label), candidate: countsOf(result, 'candidate', label) };
    const statuses = [...new Set([...counts.baseline.keys(), ...counts.candidate.keys()])].sort();
    const differs = statuses.some((status) => counts.baseline.get(status) !== counts.candidate.get(status));
    return { label, statuses, counts, differs };
  });
}
