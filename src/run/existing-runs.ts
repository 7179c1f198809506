import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { planExperiment } from '../experiment/index.js';
import { RECORDING_SCHEMA, SlopegateError, type Manifest, type Scenario } from '../model/index.js';
import { readManifest } from '../recording/index.js';
import { portableScenario } from '../scenario/index.js';
import { atRateOf, firstDifference } from './resume.js';
import type { OpenTraffic } from './traffic.js';
import { version } from './version.js';

/** A run that was recorded, perhaps not to its end. */
export interface ExistingRun {
  readonly directory: string;
  readonly manifest: Manifest;
}

/**
 * The runs in a folder that this version of slopegate recorded, the oldest first.
 * @param onUnreadable is called with the folder of each run whose manifest cannot be read
 */
export async function recordedRuns(
  root: string,
  onUnreadable: (directory: string) => void,
): Promise<readonly ExistingRun[]> {
  const names = existsSync(root) ? await readdir(root) : [];
  const runs: ExistingRun[] = [];
  for (const name of names.sort()) {
    const directory = join(root, name);
    if (!existsSync(join(directory, 'manifest.json'))) continue;
    const manifest = await manifestIn(directory);
    if (manifest === null) onUnreadable(directory);
    if (manifest?.schema === RECORDING_SCHEMA && manifest.host?.slopegate === version())
      runs.push({ directory, manifest });
  }
  // Runs of one second keep the order of their names.
  return runs.sort((a, b) => Date.parse(a.manifest.startedAt) - Date.parse(b.manifest.startedAt));
}

async function manifestIn(directory: string): Promise<Manifest | null> {
  try {
    return (await readManifest(directory)).manifest;
  } catch (error) {
    // A run that cannot be read is not one that can be used again.
    if (error instanceof SlopegateError) return null;
    throw error;
  }
}

/** Whether the folder of a run has a name that `slopegate run` or `merge` gives to runs of this scenario. */
export function isNamedAfter(directory: string, { name }: Scenario): boolean {
  const folder = basename(directory);
  return folder.startsWith(name) && /^-(?:merged-)?\d{8}-\d{6}/.test(folder.slice(name.length));
}

/** Whether a run had this scenario, whatever it is called there, and these requests. */
export function isRunOf({ manifest }: ExistingRun, scenario: Scenario, traffic: OpenTraffic): boolean {
  const now = portableScenario(atRateOf(scenario, manifest));
  if (manifest.trace === null || firstDifference(compared(now), compared(manifest.scenario)) !== null) return false;
  const plan = planExperiment(manifest.scenario.experiment, manifest.scenario.traffic.rate);
  const { warmup, window } = plan.rounds[0]?.requests ?? { warmup: 0, window: 0 };
  return traffic.traceOf(warmup + window, { warmup, window, rate: plan.rate }).digest === manifest.trace.digest;
}

/** What decides how a run goes: names, labels and expectations do not. */
function compared({ arms: { baseline, candidate }, ...scenario }: Scenario): unknown {
  const { name: _, description: _d, file: _f, expect: _e, ...rest } = scenario;
  const unnamed = { baseline: { ...baseline, label: '' }, candidate: { ...candidate, label: '' } };
  return JSON.parse(JSON.stringify({ ...rest, arms: unnamed }));
}
