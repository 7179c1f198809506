import { join } from 'node:path';
import { removeLabelled } from '../docker/remove.js';
import { openRoot, readResult, writeReports } from '../journal/index.js';
import { SlopegateError, type Context, type OnEvent, type RunningStack, type Scenario } from '../model/index.js';
import {
  NARROW_SCHEMA,
  type NarrowCause,
  type NarrowEnd,
  type NarrowMixture,
  type NarrowPart,
  type NarrowResult,
} from '../results/index.js';
import { openDocker } from './docker.js';
import { searchParts } from './narrow-search.js';
import type { NarrowSession } from './narrow-session.js';
import { weighVersions, type WeighedVersions } from './narrow-versions.js';
import { timeStamp } from './time-stamp.js';
import { openTraffic } from './traffic.js';

export interface NarrowOptions {
  /** The folder in which the folder of the search is made. */
  readonly root: string;
  /** The folder of a run of this scenario that failed: its failing services are searched. Null without one. */
  readonly run: string | null;
  /** Mixtures that are started at most. */
  readonly most: number;
}

export interface Narrowed {
  readonly result: NarrowResult;
  readonly directory: string;
}

/**
 * Finds which of what differs between the two images makes the candidate grow: starts the candidate with some parts of
 * the baseline, again and again, and weighs each mixture with the lens. Writes `narrow.json`, also if it is cut off.
 * @throws SlopegateError NARROW_REFUSED if there is nothing to search for
 */
export async function narrowScenario(
  given: Scenario,
  context: Context,
  options: NarrowOptions,
  onEvent: OnEvent,
): Promise<Narrowed> {
  const failing = options.run === null ? null : await failingServices(options.run, given);
  const release = context.hold();
  try {
    return await held(given, context, options, failing, onEvent);
  } finally {
    release();
  }
}

async function held(
  given: Scenario,
  context: Context,
  { root, most }: NarrowOptions,
  failing: readonly string[] | null,
  onEvent: OnEvent,
): Promise<Narrowed> {
  const { clock, signal } = context;
  openRoot(root);
  const scenario: Scenario = { ...given, observe: { source: 'auto', sidecar: false, ...given.observe, lens: 'auto' } };
  const traffic = await openTraffic(scenario, onEvent, context.env);
  await using docker = await openDocker(context, scenario);
  const startedAt = clock.now();
  const runId = `${scenario.name}-narrow-${timeStamp(startedAt)}-${context.pid}`;
  const onLine = (text: string): void => onEvent({ type: 'log', text });
  const tell = (text: string): void => onEvent({ type: 'step', text });
  const up: NarrowSession['up'] = (arm, trialId, changed): Promise<RunningStack> =>
    docker.stack.up({
      scenario: changed === undefined ? scenario : readyWithin(scenario, changed.readySeconds),
      ...(changed && { changed }),
      arm,
      runId,
      trialId,
      signal,
      onLine,
    });
  const session: NarrowSession = { scenario, traffic, docker, runId, clock, signal, tell, up };
  tell('building and starting both versions with the lens');
  await docker.stack.prepare({ scenario, runId, signal, onLine, onNotice: tell });
  const versions = await weighVersions(session, failing);

  const directory = join(root, runId);
  const mixtures: NarrowMixture[] = [];
  let parts: readonly NarrowPart[] = [];
  const write = async (causes: readonly NarrowCause[], ended: NarrowEnd): Promise<NarrowResult> => {
    const seconds = Math.round((clock.now().getTime() - startedAt.getTime()) / 1000);
    const result = {
      ...headOf(scenario, versions),
      startedAt: startedAt.toISOString(),
      seconds,
      parts,
      mixtures,
      causes,
      ended,
    };
    await writeReports(directory, [{ path: 'narrow.json', contents: `${JSON.stringify(result, null, 2)}\n` }]);
    return result;
  };
  try {
    const { causes, ended } = await searchParts(session, versions, {
      most,
      onParts: (found) => {
        parts = found.map(({ name, kind, baseline, candidate, files }) => ({ name, kind, baseline, candidate, files }));
      },
      onMixture: (mixture) => mixtures.push(mixture),
    });
    return { result: await write(causes, ended), directory };
  } catch (error) {
    if (mixtures.length > 0) await write([], 'cut-off');
    throw error;
  } finally {
    // A mixed image whose removal was interrupted.
    await removeLabelled(docker.daemons.candidate.docker, { runId });
  }
}

function headOf({ name, arms }: Scenario, { service, images, shapes }: WeighedVersions) {
  return {
    schema: NARROW_SCHEMA,
    scenario: name,
    labels: { baseline: arms.baseline.label, candidate: arms.candidate.label },
    service,
    images: {
      baseline: `${images.baseline.name} ${images.baseline.id}`,
      candidate: `${images.candidate.name} ${images.candidate.id}`,
    },
    shapes: shapes.map(({ row: { shape, weights } }) => ({ shape, ...weights })),
  } as const;
}

/** A mixture that does not fit together is not waited for as long as a version. */
function readyWithin(scenario: Scenario, seconds: number): Scenario {
  const { stack, arms } = scenario;
  const within = <T extends { readonly timeoutSeconds: number }>(ready: T): T => ({
    ...ready,
    timeoutSeconds: Math.min(ready.timeoutSeconds, seconds),
  });
  const { ready } = arms.candidate;
  const candidate =
    ready === undefined || ready === null ? arms.candidate : { ...arms.candidate, ready: within(ready) };
  return { ...scenario, stack: { ...stack, ready: within(stack.ready) }, arms: { ...arms, candidate } };
}

/** The services that failed in a run. @throws SlopegateError NARROW_REFUSED for another scenario, or without a FAIL */
async function failingServices(run: string, { name }: Scenario): Promise<readonly string[]> {
  const { verdict, manifest } = await readResult(run);
  if (manifest.scenario.name !== name)
    throw new SlopegateError(
      'NARROW_REFUSED',
      `This is a run of the scenario ${manifest.scenario.name}, not ${name}.`,
      {
        location: run,
        hint: 'Give the scenario file of the run.',
      },
    );
  if (verdict.outcome !== 'fail')
    throw new SlopegateError(
      'NARROW_REFUSED',
      `The run is ${verdict.outcome.toUpperCase()}: it does not show that the candidate grows.`,
      { location: run, hint: 'Give a run whose verdict is FAIL, or leave out --run to search with the lens alone.' },
    );
  const failed = verdict.assessment.services.filter(({ judged, outcome }) => judged && outcome === 'fail');
  const services = failed.flatMap(({ services: { candidate } }) => candidate);
  if (services.length > 0) return [...new Set(services)];
  throw new SlopegateError('NARROW_REFUSED', 'The run did not fail because the memory of a service grows.', {
    location: run,
    hint: 'It failed because of a finding: "slopegate report RUN" names it.',
  });
}
