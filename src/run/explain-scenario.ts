import { growingStacks, refuseUnanswered, samplesIn, sightOfAll, totalGrowth } from '../explain/index.js';
import {
  ARMS,
  SlopegateError,
  type ArmName,
  type Context,
  type OnEvent,
  type RunningStack,
  type Scenario,
} from '../model/index.js';
import { createReplayer } from '../replay/index.js';
import { EXPLAIN_SCHEMA, type Explanation } from '../results/index.js';
import { openDocker } from './docker.js';
import { heapHint } from './heap-hint.js';
import { imagesOf } from './images-of.js';
import { openSampler, type Sampled } from './sampled.js';
import { openTraffic } from './traffic.js';

/** Enough requests for a leak of 1 KB per request, and few enough for the profiler's table of samples. */
export const USUAL_REQUESTS = 400;

/**
 * Starts both versions with the profiler in place of the lens, sends the traffic of the scenario twice, and names the
 * functions whose allocations of the second time are still in use. Nothing is judged.
 * @param requests how many requests are sent each time
 * @throws SlopegateError OBSERVE_FAILED if no judged service can be sampled on both versions; REPLAY_FAILED if one of
 * them did not answer
 */
export async function explainScenario(
  given: Scenario,
  context: Context,
  requests: number,
  onEvent: OnEvent,
): Promise<Explanation> {
  const release = context.hold();
  try {
    return await held(given, context, requests, onEvent);
  } finally {
    release();
  }
}

async function held(given: Scenario, context: Context, requests: number, onEvent: OnEvent): Promise<Explanation> {
  const { signal, clock } = context;
  const observe = { source: 'auto' as const, sidecar: false, ...given.observe, lens: 'profile' as const };
  const scenario: Scenario = { ...given, observe };
  const startedAt = clock.now();
  const traffic = await openTraffic(scenario, onEvent, context.env);
  await using session = await openDocker(context, scenario);
  const runId = `${scenario.name}-explain-${startedAt.getTime()}-${context.pid}`;
  const onLine = (text: string): void => onEvent({ type: 'log', text });
  const tell = (text: string): void => onEvent({ type: 'step', text });
  tell('building and starting both versions with the profiler');
  await session.stack.prepare({ scenario, runId, signal, onLine, onNotice: tell });
  const up = (arm: ArmName): Promise<RunningStack> =>
    session.stack.up({ scenario, arm, runId, trialId: `explain-${arm}`, signal, onLine });
  await using baseline = await up('baseline');
  await using candidate = await up('candidate');
  const stacks = { baseline, candidate };
  const trace = traffic.traceOf(requests);
  const load = async (arm: ArmName): Promise<void> => {
    const allowedHosts = [await session.daemons[arm].publishedOn()];
    const replayer = createReplayer({ ...traffic.sending, schedule: { kind: 'constant' }, allowedHosts });
    const { blockedStatuses } = scenario.traffic;
    const job = { target: stacks[arm].entry, trace, rate: null, blockedStatuses, signal };
    refuseUnanswered(arm, await replayer.start(job).done);
    await clock.sleep(REST_SECONDS, signal);
  };
  const judged = (arm: ArmName) =>
    stacks[arm].containers.filter(({ service }) => !scenario.stack.unjudged.includes(service));
  const looksOf = async (arm: ArmName): Promise<Readonly<Record<'before' | 'after', () => Sampled>>> => {
    const look = await openSampler(session.daemons[arm], judged(arm), context);
    await load(arm);
    const before = await look();
    await load(arm);
    return { before, after: await look() };
  };
  tell(`sending ${requests} requests twice to both versions`);
  const read = await Promise.all(ARMS.map(looksOf));
  const both = read.map(({ before, after }) => ({ before: before(), after: after() }));
  const { seen, missed } = sightOfAll(both.flatMap(({ before, after }) => [before, after]));
  if (seen.length === 0) throw unseenError(scenario);
  const isSeen = (service: string): boolean => seen.some((heap) => heap.service === service);
  const [baselineLooks, candidateLooks] = both.map(({ before, after }) =>
    samplesIn({ before: before.samples, after: after.samples }, seen),
  );
  const looks = { baseline: baselineLooks!, candidate: candidateLooks! };
  const services = [...new Set(ARMS.flatMap((arm) => judged(arm).map(({ service }) => service)))];
  return {
    schema: EXPLAIN_SCHEMA,
    scenario: scenario.name,
    startedAt: startedAt.toISOString(),
    seconds: Math.round((clock.now().getTime() - startedAt.getTime()) / 1000),
    labels: { baseline: scenario.arms.baseline.label, candidate: scenario.arms.candidate.label },
    images: { baseline: imagesOf(baseline), candidate: imagesOf(candidate) },
    run: null,
    requests,
    total: { baseline: totalGrowth(looks.baseline, requests), candidate: totalGrowth(looks.candidate, requests) },
    stacks: growingStacks(looks, requests),
    unseen: services.filter((service) => !isSeen(service)),
    partly: missed.filter(({ service }) => isSeen(service)),
    lost: both.reduce((sum, { before, after }) => sum + Math.max(before.lost, after.lost), 0),
  };
}

/** Connections that close late give their memory back in this time. */
const REST_SECONDS = 1;

function unseenError({ file }: Scenario): SlopegateError {
  return new SlopegateError('OBSERVE_FAILED', 'The profiler cannot sample any judged service on both versions.', {
    location: file,
    hint:
      `${heapHint('glibc 2.35 or newer, and of Node.js', 'docs/explain.md')} ` +
      '"slopegate hunt" says which requests leave memory behind.',
  });
}
