import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import type { Context, OnEvent, Scenario } from '../model/index.js';
import { openRoot, writeReports } from '../journal/index.js';
import { rungsOf, type JudgedVersion } from '../releases/index.js';
import { LADDER_SCHEMA, type LadderNote, type LadderResult, type Result } from '../results/index.js';
import { openReleases, type ReleaseOptions } from './release-runs.js';
import { timeStamp } from './time-stamp.js';

export interface Laddered {
  readonly result: LadderResult;
  readonly directory: string;
}

/**
 * Compares each version with the first one by an ordinary run, and writes `ladder.json` after each. Runs that exist are
 * used again; of several, the newest. If this one cannot be used, the version is run again.
 * @param versions two or more, in their order
 * @throws SlopegateError USAGE if the scenario does not say which value is the version; errors that are not of one
 * version, for example DOCKER_UNREACHABLE and INTERRUPTED
 */
export async function ladderScenario(
  given: Scenario,
  versions: readonly string[],
  context: Context,
  options: ReleaseOptions,
  onEvent: OnEvent,
): Promise<Laddered> {
  openRoot(options.root);
  const [first = '', ...others] = versions;
  const releases = await openReleases(given, first, context, options, onEvent);
  const startedAt = context.clock.now();
  const directory = join(options.root, `${given.name}-ladder-${timeStamp(startedAt)}-${context.pid}`);
  const existing = new Map<string, JudgedVersion>();
  for (const version of others) {
    const newest = (await releases.existing(version)).at(-1);
    if (newest) existing.set(version, newest);
  }
  const missing = others.filter((version) => !existing.has(version));
  if (missing[0] !== undefined) await options.beforeRuns(releases.scenarioOf(missing[0]), missing.length);

  const judged: JudgedVersion[] = [{ run: releases.unrun(first), result: null }];
  const write = async (): Promise<LadderResult> => {
    const result: LadderResult = {
      schema: LADDER_SCHEMA,
      scenario: given.name,
      startedAt: startedAt.toISOString(),
      seconds: Math.round((context.clock.now().getTime() - startedAt.getTime()) / 1000),
      place: releases.place,
      margin: given.gate.marginBytesPerRequest,
      rungs: rungsOf(judged),
      notes: notesOf(judged.flatMap(({ result: one }) => one ?? [])),
    };
    await writeReports(directory, [{ path: 'ladder.json', contents: `${JSON.stringify(result, null, 2)}\n` }]);
    return result;
  };
  for (const version of others) {
    judged.push(existing.get(version) ?? (await releases.run(version)));
    await write();
  }
  return { result: await write(), directory };
}

/** What makes these runs less comparable with one another. */
export function notesOf(results: readonly Result[]): readonly LadderNote[] {
  const differ = (of: (result: Result) => unknown): boolean =>
    results.some((one) => !isDeepStrictEqual(of(one), of(results[0] as Result)));
  const host = ({ manifest }: Result): unknown => {
    const { cpuModel, cpus, memoryBytes, kernel } = manifest.host ?? {};
    return { cpuModel, cpus, memoryBytes, kernel };
  };
  const images = ({ containers, manifest }: Result): unknown => {
    const judged = containers.baseline.filter(({ service }) => !manifest.scenario.stack.unjudged.includes(service));
    return judged.map(({ service, imageId }) => `${service} ${imageId}`).sort();
  };
  const found: readonly (readonly [LadderNote, boolean])[] = [
    ['hosts-differ', differ(host)],
    ['first-images-differ', differ(images)],
    ['rates-differ', differ(({ manifest }) => manifest.scenario.traffic.rate)],
  ];
  return found.flatMap(([note, is]) => (is ? [note] : []));
}
