import { join } from 'node:path';
import { distinct } from '../arms/index.js';
import { findingsOf, huntShapes, refuseUnserved, shapesOf, type Found, type HuntShape } from '../hunt/index.js';
import {
  ARMS,
  HUNT_SCHEMA,
  SlopegateError,
  type ArmName,
  type Context,
  type HuntFinding,
  type HuntResult,
  type HuntRow,
  type OnEvent,
  type RunningStack,
  type Scenario,
  type ShapeSource,
} from '../model/index.js';
import { openHeapGauge } from '../observe/index.js';
import { openRoot, writeReports } from '../journal/index.js';
import { openDocker } from './docker.js';
import { heapHint } from './heap-hint.js';
import { imagesOf } from './images-of.js';
import { sendUnmeasured, measureBatchOn, type MeasureOptions } from './measure-batch.js';
import { filesOf } from './hunt-files.js';
import { timeStamp } from './time-stamp.js';
import { secretsOf } from './traffic-secrets.js';
import { openTraffic } from './traffic.js';

export interface HuntOptions {
  /** The folder in which the folder of the hunt is made. */
  readonly root: string;
  /** Sources of shapes that are left out. */
  readonly without: readonly ShapeSource[];
  /** Most recorded requests that are weighed. */
  readonly mostRecorded: number;
  /** Most findings that are made smaller; 0 makes none smaller and writes no scenario. */
  readonly mostFindings: number;
}

export interface Hunted {
  readonly result: HuntResult;
  readonly directory: string;
}

/** Smaller requests that are tried for each finding. */
const MOST_TRIALS = 60;
/** Requests of each shape that both versions get before anything is weighed. */
const UNMEASURED_REQUESTS = 8;

/**
 * Starts both versions with the lens, weighs every shape on both, makes the findings small, and writes `hunt.json` and
 * a scenario for each finding. What was weighed is written down even if the hunt is cut off.
 * @throws SlopegateError OBSERVE_FAILED if the lens counts no judged service
 */
export async function huntScenario(
  given: Scenario,
  context: Context,
  options: HuntOptions,
  onEvent: OnEvent,
): Promise<Hunted> {
  const release = context.hold();
  try {
    return await held(given, context, options, onEvent);
  } finally {
    release();
  }
}

async function held(given: Scenario, context: Context, options: HuntOptions, onEvent: OnEvent): Promise<Hunted> {
  const { clock, signal } = context;
  openRoot(options.root);
  const scenario: Scenario = { ...given, observe: { source: 'auto', sidecar: false, ...given.observe, lens: 'auto' } };
  const traffic = await openTraffic(scenario, onEvent, context.env);
  const { without, mostRecorded } = options;
  const shapes = shapesOf({ traffic: traffic.sent, corpora: traffic.corpora, without, mostRecorded });
  await using session = await openDocker(context, scenario);
  const startedAt = clock.now();
  const runId = `${scenario.name}-hunt-${timeStamp(startedAt)}-${context.pid}`;
  const onLine = (text: string): void => onEvent({ type: 'log', text });
  const onNotice = (text: string): void => onEvent({ type: 'step', text });
  onNotice('building and starting both versions with the lens');
  await session.stack.prepare({ scenario, runId, signal, onLine, onNotice });
  const up = (arm: ArmName): Promise<RunningStack> =>
    session.stack.up({ scenario, arm, runId, trialId: `hunt-${arm}`, signal, onLine });
  await using baseline = await up('baseline');
  await using candidate = await up('candidate');
  const stacks = { baseline, candidate };

  const allowedHosts = await Promise.all(distinct(session.daemons).map((daemon) => daemon.publishedOn()));
  const gauges = {
    baseline: await openHeapGauge(session.daemons.baseline.docker, baseline.containers),
    candidate: await openHeapGauge(session.daemons.candidate.docker, candidate.containers),
  };
  const { services, unseen } = sightOf(scenario, gauges);
  const optionsOf = (arm: ArmName): MeasureOptions => ({
    stack: stacks[arm],
    gauge: gauges[arm],
    services,
    sending: traffic.sending,
    allowedHosts,
    clock,
    signal,
  });
  onNotice(`weighing ${shapes.length} shapes of requests, one by one, on both versions`);
  await Promise.all(ARMS.map((arm) => showShapes(shapes, optionsOf(arm))));

  const directory = join(options.root, runId);
  const rows: HuntRow[] = [];
  const result = (found: readonly HuntFinding[]): HuntResult => ({
    schema: HUNT_SCHEMA,
    scenario: scenario.name,
    startedAt: startedAt.toISOString(),
    seconds: Math.round((clock.now().getTime() - startedAt.getTime()) / 1000),
    labels: { baseline: scenario.arms.baseline.label, candidate: scenario.arms.candidate.label },
    images: { baseline: imagesOf(baseline), candidate: imagesOf(candidate) },
    rate: scenario.traffic.rate,
    services,
    unseen,
    shapes: shapes.length,
    rows,
    findings: found,
  });
  const secrets = secretsOf(scenario.traffic, context.env);
  const write = async (found: readonly Found[]): Promise<HuntResult> => {
    const files = filesOf(found, { scenario, directory, secrets });
    const whole = result(files.findings);
    await writeReports(directory, [
      ...files.files,
      { path: 'hunt.json', contents: `${JSON.stringify(whole, null, 2)}\n` },
    ]);
    return whole;
  };
  const measure = {
    baseline: measureBatchOn(optionsOf('baseline')),
    candidate: measureBatchOn(optionsOf('candidate')),
  };
  try {
    for await (const row of huntShapes({ shapes, measure, rate: scenario.traffic.rate })) {
      rows.push(row);
      onEvent({ type: 'hunted', row, number: rows.length, of: shapes.length });
    }
    refuseUnserved(rows, scenario.file);
    const found = await findingsOf({
      shapes,
      rows,
      measure: measure.candidate,
      mostFindings: options.mostFindings,
      mostTrials: MOST_TRIALS,
      onFinding: ({ shape }) => onNotice(`looking for the smallest request like "${shape}"`),
    });
    return { result: await write(found), directory };
  } catch (error) {
    if (rows.length > 0) await write([]);
    throw error;
  }
}

/** Which judged services the lens counts on both versions. */
function sightOf(
  { stack, file }: Scenario,
  gauges: Readonly<Record<ArmName, Awaited<ReturnType<typeof openHeapGauge>>>>,
): { readonly services: readonly string[]; readonly unseen: readonly string[] } {
  const read = ARMS.map((arm) => gauges[arm].read());
  const judged = [...new Set(read.flatMap((heaps) => Object.keys(heaps)))].filter(
    (service) => !stack.unjudged.includes(service),
  );
  const services = judged.filter((service) => read.every((heaps) => typeof heaps[service] === 'number'));
  if (services.length > 0) return { services, unseen: judged.filter((service) => !services.includes(service)) };
  throw new SlopegateError(
    'OBSERVE_FAILED',
    'The lens cannot count the live heap of any judged service, so nothing can be weighed.',
    {
      location: file,
      hint:
        `${heapHint('the allocator of their C library', 'docs/lens.md')} ` +
        '"slopegate run" judges by resident memory instead.',
    },
  );
}

async function showShapes(shapes: readonly HuntShape[], options: MeasureOptions): Promise<void> {
  for (const { batch } of shapes)
    await sendUnmeasured(options, batch(UNMEASURED_REQUESTS)).catch(() => options.signal.throwIfAborted());
}
