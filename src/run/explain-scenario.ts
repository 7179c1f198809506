import {
  growingHeaps,
  growingMappings,
  growingStacks,
  refuseUnanswered,
  samplesIn,
  servicesRead,
  sightOfAll,
  totalGrowth,
  type Looks,
  type MemoryLooks,
} from '../explain/index.js';
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
import { readServices, replacedIn, type MemoryLook } from './service-memory.js';
import { openTraffic } from './traffic.js';

/** Enough requests for a leak of 1 KB per request, and few enough for the profiler's table of samples. */
export const USUAL_REQUESTS = 400;

/**
 * Starts both versions with the profiler in place of the lens, sends the traffic of the scenario twice, and names the
 * functions whose allocations of the second time are still in use, and the mappings and sizes of blocks that grow.
 * Nothing is judged.
 * @param requests how many requests are sent each time
 * @throws SlopegateError OBSERVE_FAILED if the memory of no judged service can be seen on both versions; REPLAY_FAILED
 * if one of them did not answer
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
  const looksOf = async (arm: ArmName): Promise<TwoLooks> => {
    const sample = await openSampler(session.daemons[arm], judged(arm), context);
    const look = async (): Promise<Look> => ({
      sampled: await sample(),
      memory: await readServices(judged(arm), clock, signal),
    });
    await load(arm);
    const before = await look();
    await load(arm);
    return { before, after: await look() };
  };
  tell(`sending ${requests} requests twice to both versions`);
  const [ofBaseline, ofCandidate] = await Promise.all([looksOf('baseline'), looksOf('candidate')]);
  const looks = { baseline: ofBaseline, candidate: ofCandidate };
  const services = [...new Set(ARMS.flatMap((arm) => judged(arm).map(({ service }) => service)))];
  const sampled = stacksOf(looks, services, requests);
  const memory = memoryOf(looks, requests);
  if (sampled.total === null && !memory.isRead) throw unseenError(scenario);
  return {
    schema: EXPLAIN_SCHEMA,
    scenario: scenario.name,
    startedAt: startedAt.toISOString(),
    seconds: Math.round((clock.now().getTime() - startedAt.getTime()) / 1000),
    labels: { baseline: scenario.arms.baseline.label, candidate: scenario.arms.candidate.label },
    images: { baseline: imagesOf(baseline), candidate: imagesOf(candidate) },
    run: null,
    requests,
    ...sampled,
    ...memory.found,
  };
}

interface Look {
  /** Names are looked up only when both loads have ended. */
  readonly sampled: () => Sampled;
  readonly memory: MemoryLook;
}

/** After the first load, and after the second. */
interface TwoLooks {
  readonly before: Look;
  readonly after: Look;
}

/** What the profiler saw. */
function stacksOf(
  looks: Readonly<Record<ArmName, TwoLooks>>,
  services: readonly string[],
  requests: number,
): Pick<Explanation, 'total' | 'stacks' | 'unseen' | 'partly' | 'lost'> {
  const read = ({ before, after }: TwoLooks) => ({ before: before.sampled(), after: after.sampled() });
  const both = { baseline: read(looks.baseline), candidate: read(looks.candidate) };
  const { seen, missed } = sightOfAll(ARMS.flatMap((arm) => [both[arm].before, both[arm].after]));
  const isSeen = (service: string): boolean => seen.some((heap) => heap.service === service);
  const samplesOf = (arm: ArmName): Looks =>
    samplesIn({ before: both[arm].before.samples, after: both[arm].after.samples }, seen);
  const samples = { baseline: samplesOf('baseline'), candidate: samplesOf('candidate') };
  const lostOn = (arm: ArmName): number => Math.max(both[arm].before.lost, both[arm].after.lost);
  return {
    total:
      seen.length === 0
        ? null
        : { baseline: totalGrowth(samples.baseline, requests), candidate: totalGrowth(samples.candidate, requests) },
    stacks: growingStacks(samples, requests),
    unseen: services.filter((service) => !isSeen(service)),
    partly: missed.filter(({ service }) => isSeen(service)),
    lost: lostOn('baseline') + lostOn('candidate'),
  };
}

/** What is seen from outside: by mapping, and by size of block. */
function memoryOf({ baseline, candidate }: Readonly<Record<ArmName, TwoLooks>>, requests: number) {
  const servicesIn = ({ before, after }: TwoLooks): MemoryLooks => ({
    before: before.memory.services,
    after: after.memory.services,
  });
  const looks = { baseline: servicesIn(baseline), candidate: servicesIn(candidate) };
  const every = [baseline, candidate].flatMap(({ before, after }) => [before.memory, after.memory]);
  const unread = new Map(every.flatMap((one) => one.unread.map((why) => [JSON.stringify(why), why] as const)));
  const replaced = [baseline, candidate].flatMap(({ before, after }) => replacedIn(before.memory, after.memory));
  const found: Pick<Explanation, 'mappings' | 'heaps' | 'heapsUnread' | 'replaced'> = {
    mappings: growingMappings(looks, requests),
    heaps: growingHeaps(looks, requests),
    heapsUnread: [...unread.values()],
    replaced: [...new Set(replaced)],
  };
  return { isRead: servicesRead(looks).length > 0, found };
}

/** Connections that close late give their memory back in this time. */
const REST_SECONDS = 1;

function unseenError({ file }: Scenario): SlopegateError {
  return new SlopegateError('OBSERVE_FAILED', 'The memory of no judged service can be seen on both versions.', {
    location: file,
    hint:
      `${heapHint('glibc 2.35 or newer, and of Node.js', 'docs/explain.md')} ` +
      '"slopegate hunt" says which requests leave memory behind.',
  });
}
