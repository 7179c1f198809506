import { basename } from 'node:path';
import type { ArmsNow } from '../arms/index.js';
import {
  failureFrom,
  SlopegateError,
  type Context,
  type ErrorCode,
  type OnEvent,
  type Scenario,
} from '../model/index.js';
import { labelOf, versionPlace, withVersions, type JudgedVersion } from '../releases/index.js';
import type { Result, VersionPlace, VersionRun } from '../results/index.js';
import { isNamedAfter, isRunOf, recordedRuns } from './existing-runs.js';
import { reusableRuns } from './reusable-runs.js';
import { unusedRunWords, type UnusedRun } from '../words/unused-run.js';
import { runScenario } from './run-scenario.js';
import { openTraffic } from './traffic.js';

export interface ReleaseOptions {
  /** The folder with the run directories. */
  readonly root: string;
  /** Whether runs that exist are left alone, and every version is run again. */
  readonly fresh: boolean;
  /** What the arms of a scenario would be made of now. */
  readonly armsNow: (scenario: Scenario) => Promise<ArmsNow>;
  /** Called with each new verdict. */
  readonly onRun: (result: Result, directory: string) => void;
  /** Called before the first run begins, with its scenario and the number of runs (for a search: the most). */
  readonly beforeRuns: (scenario: Scenario, runs: number) => Promise<void>;
}

/** A series of releases, each of which is compared with the first one. */
export interface Releases {
  readonly place: VersionPlace;
  /** The scenario that compares this version with the first one. */
  readonly scenarioOf: (version: string) => Scenario;
  /** The entry of a version that has no run. */
  readonly unrun: (version: string) => VersionRun;
  /**
   * The runs of this version that are independent of one another, the oldest first. Null stands for a run that cannot
   * be used: a run that is older does not take its place.
   */
  readonly existing: (version: string) => Promise<readonly (JudgedVersion | null)[]>;
  /** Runs it now. A version that cannot be started or measured is no error: it has a failure. */
  readonly run: (version: string) => Promise<JudgedVersion>;
}

/** Errors of one version. Every other error ends the whole series. */
const OF_ONE_VERSION: readonly ErrorCode[] = [
  'COMPOSE_CONFIG',
  'STACK_REFUSED',
  'ARMS_ALIKE',
  'IMAGE_MISSING',
  'BUILD_FAILED',
  'START_FAILED',
  'PORT_TAKEN',
  'SUBNET_TAKEN',
  'NOT_READY',
  'STEP_FAILED',
  'OBSERVE_FAILED',
  'REPLAY_FAILED',
  'TOO_LATE',
  'RATE_TOO_HIGH',
  'NOT_ISOLATED',
];

/** Arms that cannot be read now cannot be compared. The version is run, and then the same error is reported. */
function refused(error: unknown): null {
  if (error instanceof SlopegateError) return null;
  throw error;
}

/** @throws SlopegateError USAGE if the scenario does not say which value is the version; TRAFFIC_INVALID */
export async function openReleases(
  given: Scenario,
  first: string,
  context: Context,
  { root, fresh, armsNow, onRun }: ReleaseOptions,
  onEvent: OnEvent,
): Promise<Releases> {
  const place = versionPlace(given);
  const traffic = await openTraffic(given, () => {}, context.env);
  const tell = (unused: UnusedRun): void => onEvent({ type: 'step', text: unusedRunWords(unused) });
  const onUnreadable = (directory: string): void => {
    if (isNamedAfter(directory, given)) tell({ run: basename(directory), why: 'manifest-unreadable' });
  };
  const recorded = fresh ? [] : await recordedRuns(root, onUnreadable);
  const scenarioOf = (version: string): Scenario => withVersions(given, place, first, version);
  const unrun = (version: string): VersionRun => ({
    version,
    label: labelOf(given, place, version),
    outcome: null,
    failure: null,
    run: null,
    reused: false,
  });
  const judged = (version: string, result: Result, directory: string, reused: boolean): JudgedVersion => ({
    run: { ...unrun(version), outcome: result.verdict.outcome, run: basename(directory), reused },
    result,
  });
  return {
    place,
    scenarioOf,
    unrun,
    async existing(version) {
      // If the traffic is replayed as it was recorded, its rate is that of the recording.
      const scenario = { ...scenarioOf(version), traffic: traffic.scenario.traffic };
      const runs = recorded.filter((run) => isRunOf(run, scenario, traffic));
      const arms = runs.length === 0 ? null : await armsNow(scenarioOf(version)).catch(refused);
      if (arms === null) return [];
      const found = await reusableRuns(runs, { arms, time: context.clock.now() }, tell);
      return found.map(({ directory, result }) => (result === null ? null : judged(version, result, directory, true)));
    },
    async run(version) {
      onEvent({ type: 'step', text: `version ${version}, compared with ${first}` });
      try {
        const { result, directory } = await runScenario(scenarioOf(version), context, root, onEvent);
        onRun(result, directory);
        return judged(version, result, directory, false);
      } catch (error) {
        if (!(error instanceof SlopegateError) || !OF_ONE_VERSION.includes(error.code)) throw error;
        onEvent({ type: 'warning', text: `version ${version} could not be judged. ${error.code}: ${error.message}` });
        return { run: { ...unrun(version), failure: failureFrom(error) }, result: null };
      }
    },
  };
}
