import { existsSync } from 'node:fs';
import { armsNow, distinct, recordedDifferences } from '../arms/index.js';
import { calibrationKey } from '../calibration/key.js';
import { findCalibration, stateFolder } from '../calibration/store.js';
import { ensureImage } from '../docker/images.js';
import { conduct, earlierIn, planExperiment, planOfShare, type Decision, type Share } from '../experiment/index.js';
import {
  RECORDING_SCHEMA,
  SlopegateError,
  type Context,
  type Manifest,
  type OnEvent,
  type Scenario,
  type Trace,
} from '../model/index.js';
import { SIDECAR_IMAGE } from '../observe/index.js';
import { createRunDirectory, openRoot, resumeRunDirectory } from '../journal/index.js';
import { createReplayer, engineFor } from '../replay/index.js';
import { portableScenario } from '../scenario/index.js';
import { differencesSentence } from '../words/differences.js';
import { tell } from '../words/tell.js';
import { openDocker } from './docker.js';
import { fullSpeedOf } from './full-speed.js';
import { inspectHosts } from './hosts.js';
import { judgeDirectory, judgeRecording, readRun, type Judged } from './judgement.js';
import { shownPath } from './paths.js';
import { hostState, remarksOf } from './preflight.js';
import { requestLines } from './request-lines.js';
import { atKeptRate, resolveRate } from './resolve-rate.js';
import { atRateOf, daemonsOf, openCutOff, refuseOtherArms, refuseOtherHost, refuseOtherTrace } from './resume.js';
import { newRunId } from './run-id.js';
import { holdRun } from './run-lock.js';
import { openTraffic } from './traffic.js';

/** Errors of the load that the recording can tell about. */
const JUDGED: readonly string[] = ['REPLAY_FAILED', 'TOO_LATE'];

export interface RunOptions {
  /** The folder of an interrupted run that should be finished; null for a new run. */
  readonly resumed?: string | null;
  /** The one pair that is run here, if several machines share the plan; null for the whole plan. */
  readonly share?: Share | null;
}

export interface RunOutcome extends Judged {
  readonly directory: string;
}

/** Scenario → trace → plan → recording → verdict → reports: the whole way, once. */
export async function runScenario(
  given: Scenario,
  context: Context,
  root: string,
  onEvent: OnEvent,
  { resumed = null, share = null }: RunOptions = {},
): Promise<RunOutcome> {
  const release = context.hold();
  try {
    const run = (scenario: Scenario): Promise<RunOutcome> =>
      heldRun(scenario, context, root, onEvent, { resumed, share });
    // A resumed run keeps the rate of its first part.
    return await (resumed === null ? atKeptRate(given, onEvent, run) : run(given));
  } finally {
    release();
  }
}

async function heldRun(
  given: Scenario,
  context: Context,
  root: string,
  onEvent: OnEvent,
  { resumed, share }: Required<RunOptions>,
): Promise<RunOutcome> {
  openRoot(root);
  const { scenario: stated, traceOf: anyTraceOf, sending } = await openTraffic(given, onEvent, context.env);
  const cut = resumed === null ? null : await openCutOff(resumed, stated, context);
  await using session = await openDocker(context, stated);
  const { daemons, stack, observer } = session;
  const startedAt = context.clock.now();
  const runId = cut?.manifest.runId ?? newRunId(root, stated, startedAt, context.pid, share);
  const hosts = { ...(await inspectHosts(daemons, stated)), daemons: await daemonsOf(daemons, runId) };
  if (cut !== null) refuseOtherHost(cut, hosts);
  for (const daemon of distinct(daemons))
    for (const { name, detail, hint } of remarksOf(await hostState(daemon, root, context.clock, context.signal)))
      if (hint !== null) onEvent({ type: 'warning', text: `${name}: ${detail}; ${hint}` });
  const onLine = (text: string): void => onEvent({ type: 'log', text });
  await stack.prepare({
    scenario: stated,
    runId,
    signal: context.signal,
    onLine,
    onNotice: (text) => onEvent({ type: 'step', text }),
  });
  const { digests, differences } = await armsNow({ daemons, scenario: stated, signal: context.signal });
  if (cut !== null) refuseOtherArms(cut, digests);
  const { baseline, candidate } = stated.arms;
  onEvent({ type: 'step', text: `${baseline.label} → ${candidate.label}. ${differencesSentence(differences)}` });
  if (stated.observe?.sidecar === true)
    for (const { docker } of distinct(daemons)) await ensureImage(docker, SIDECAR_IMAGE, onLine, context.signal);

  // The stack refuses to publish ports there unless the scenario allows it.
  const allowedHosts = await Promise.all(distinct(daemons).map((daemon) => daemon.publishedOn()));
  const replayer = createReplayer({ ...sending, allowedHosts });
  const search = {
    runId,
    stack,
    replayer,
    fullSpeed: fullSpeedOf(sending, { allowedHosts, signal: context.signal }),
    traceOf: anyTraceOf,
    clock: context.clock,
    onEvent,
    signal: context.signal,
  };
  const { scenario, ramp } =
    cut === null ? await resolveRate(stated, search) : { scenario: atRateOf(stated, cut.manifest), ramp: null };
  const calibration = await findCalibration(stateFolder(context), await calibrationKey(given, hosts));

  const whole = planExperiment(scenario.experiment, scenario.traffic.rate);
  const plan = share === null ? whole : planOfShare(whole, share);
  const { warmup, window } = whole.rounds[0]?.requests ?? { warmup: 0, window: 0 };
  const traceOf = (requests: number): Trace => anyTraceOf(requests, { warmup, window, rate: plan.rate });
  const trace = traceOf(warmup + window);
  const manifest: Manifest = {
    schema: RECORDING_SCHEMA,
    runId,
    startedAt: startedAt.toISOString(),
    endedAt: null,
    scenario: portableScenario(scenario),
    trace: {
      seed: trace.seed,
      digest: trace.digest,
      requests: trace.length,
      labels: trace.labels,
      engine: engineFor(sending),
      ...(trace.blocks && { blocks: trace.blocks }),
      ...(trace.phases && { phases: trace.phases }),
    },
    ...hosts,
    armDigests: digests,
    armDifferences: recordedDifferences(differences),
    calibration,
    ramp,
  };
  if (cut !== null) refuseOtherTrace(cut, manifest.trace);
  const disk = new AbortController();
  const onFailure = (failure: unknown): void => disk.abort(failure);
  const run =
    cut === null
      ? createRunDirectory(root, manifest, onFailure)
      : await resumeRunDirectory(cut.directory, cut.manifest, startedAt.toISOString(), onFailure);
  await using _ = await holdRun(run.directory, context);
  onEvent({ type: 'step', text: `recording to ${shownPath(context.cwd, run.directory)}` });

  if (cut?.recording.labels === undefined) run.journal.labels(labelsOf(trace), trace.length);
  const decide = async (replicates: number): Promise<Decision> => {
    const { recording } = await readRun(run.directory);
    const verdict = judgeRecording(recording);
    run.journal.asked(requestLines(trace, verdict.assessment.decisions));
    onEvent({ type: 'look', replicates, outcome: verdict.outcome, sentence: tell(verdict).sentence });
    return verdict.next;
  };
  const failure = await conduct({
    scenario,
    plan,
    runId,
    traceOf,
    stack,
    replayer,
    observer,
    host: session.host,
    journal: run.journal,
    clock: context.clock,
    ...(cut !== null && { earlier: earlierIn(cut.recording) }),
    decide,
    onEvent,
    signal: AbortSignal.any([context.signal, disk.signal]),
  }).then(
    () => null,
    (error: unknown) => run.failure ?? error,
  );
  const rescued = run.rescue();
  run.close(context.clock.now().toISOString());
  const directory = rescued ?? run.directory;
  const ended = failure === null ? null : withRecording(failure, directory, shownPath(context.cwd, directory));
  // If a server stopped answering in time, the verdict judges that. Every other error ends the run here.
  if (ended !== null && !(ended instanceof SlopegateError && JUDGED.includes(ended.code))) throw ended;
  const judged = await judgeDirectory(directory, onEvent);
  // If a replicate was not measured, the others are not a PASS.
  if (ended !== null && ['inconclusive', 'pass'].includes(judged.result.verdict.outcome)) throw ended;
  return { ...judged, directory };
}

function* labelsOf({ requests }: Trace): Generator<string> {
  for (const { label } of requests) yield label;
}

/** The same error, with a hint that says where the recording so far is. */
function withRecording(error: unknown, directory: string, shown: string): unknown {
  if (!(error instanceof SlopegateError) || !existsSync(directory)) return error;
  const kept = `The recording is kept; to judge it: slopegate analyze ${shown}`;
  return error.with({ hint: error.hint === undefined ? kept : `${error.hint}\n${kept}` });
}
