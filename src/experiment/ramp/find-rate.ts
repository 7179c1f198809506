import {
  ARMS,
  SlopegateError,
  type ArmName,
  type Clock,
  type OnEvent,
  type RampAnswer,
  type RampObjection,
  type RampStep,
  type RateRamp,
  type Replayer,
  type RunningStack,
  type Scenario,
  type Stack,
  type Trace,
} from '../../model/index.js';
import { objectionWords } from '../../words/ramp.js';
import { firstRate, nextRate, objectionTo, safeRate, SAFE_SHARE, sustainedRate } from './steps.js';

const STEP_SECONDS = 4;
/** Pause between steps, so that queues become empty. */
const REST_SECONDS = 1;
/** How long an arm is loaded at full speed, to know where the steps may begin. */
const FULL_SPEED_SECONDS = 3;
/** Requests that warm an arm up before its first step. */
const FIRST_REQUESTS = 100;

export interface RateSearch {
  readonly scenario: Scenario;
  readonly runId: string;
  readonly traceOf: (requests: number) => Trace;
  readonly stack: Stack;
  readonly replayer: Replayer;
  /** Requests per second at full speed; null if the traffic cannot be sent that way. */
  readonly fullSpeed: (target: RunningStack['entry'], trace: Trace, seconds: number) => Promise<number | null>;
  readonly clock: Clock;
  readonly onEvent: OnEvent;
  readonly signal: AbortSignal;
}

/**
 * Finds the rate of `traffic.rate: auto`. Both arms run on fresh containers and are loaded as in the run (at the same
 * time, or one at a time if the order is interleaved). The rate rises until the slower arm falls behind.
 * @throws SlopegateError REPLAY_FAILED if an arm cannot keep up with any rate
 */
export async function findRate(search: RateSearch): Promise<RateRamp> {
  const groups: readonly (readonly ArmName[])[] =
    search.scenario.experiment.order === 'concurrent' ? [ARMS] : ARMS.map((arm) => [arm]);
  const steps: RampStep[] = [];
  let sustained = Infinity;
  for (const arms of groups) {
    const taken = await rampUp(search, arms);
    steps.push(...taken);
    const reached = sustainedRate(taken);
    if (reached === null)
      throw new SlopegateError(
        'REPLAY_FAILED',
        `no rate could be found: at ${taken.at(-1)?.rate ?? 0} requests/s, ${reasonOf(taken.at(-1))}`,
        { hint: 'set traffic.rate, and check what the stack answers: "slopegate run" with --verbose' },
      );
    sustained = Math.min(sustained, reached);
  }
  const rate = safeRate(sustained);
  search.onEvent({
    type: 'step',
    text: `the slower version sustains ${sustained} requests/s; testing at ${rate}/s (${SAFE_SHARE * 100} %)`,
  });
  return { steps, sustained, share: SAFE_SHARE, rate };
}

/** Starts the arms, ramps them and removes them, even after an error. */
async function rampUp(search: RateSearch, arms: readonly ArmName[]): Promise<RampStep[]> {
  const { scenario, runId, stack, signal } = search;
  const outcomes = await Promise.allSettled(
    arms.map((arm) => stack.up({ scenario, arm, runId, trialId: `ramp-${arm}`, signal })),
  );
  const up = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  try {
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return await climb(search, up);
  } finally {
    await Promise.allSettled(up.map((one) => one[Symbol.asyncDispose]()));
  }
}

async function climb(search: RateSearch, stacks: readonly RunningStack[]): Promise<RampStep[]> {
  const { clock, onEvent, signal } = search;
  await Promise.all(stacks.map((up) => answerOf(search, up, FIRST_REQUESTS / STEP_SECONDS, FIRST_REQUESTS)));
  const first = firstRate(await fullSpeedOf(search, stacks));
  const steps: RampStep[] = [];
  for (let rate = nextRate(steps, first); rate !== null; rate = nextRate(steps, first)) {
    await clock.sleep(REST_SECONDS, signal);
    const step = await stepAt(search, stacks, rate, steps[0]);
    steps.push(step);
    onEvent({ type: 'ramp-step', step });
  }
  return steps;
}

/** Full speed of the slower arm, with both loaded at the same time; null if one of them cannot be loaded this way. */
async function fullSpeedOf(
  { fullSpeed, traceOf, onEvent }: RateSearch,
  stacks: readonly RunningStack[],
): Promise<number | null> {
  const speeds = await Promise.all(
    stacks.map(({ entry }) => fullSpeed(entry, traceOf(FIRST_REQUESTS), FULL_SPEED_SECONDS)),
  );
  const known = speeds.filter((speed) => speed !== null && speed > 0) as number[];
  if (known.length < stacks.length) return null;
  const slower = Math.min(...known);
  onEvent({ type: 'step', text: `ramp: ${Math.round(slower)} requests/s at full speed` });
  return slower;
}

/** Why the last step was not sustained. */
function reasonOf(last: RampStep | undefined): string {
  return last === undefined || last.objections.length === 0 ? 'nothing was answered' : objectionWords(last.objections);
}

async function stepAt(
  search: RateSearch,
  stacks: readonly RunningStack[],
  rate: number,
  first: RampStep | undefined,
): Promise<RampStep> {
  const answers = await Promise.all(
    stacks.map(async (up) => ({
      arm: up.arm,
      answer: await answerOf(search, up, rate, Math.ceil(rate * STEP_SECONDS)),
    })),
  );
  const objections = answers.flatMap(({ arm, answer }): RampObjection | readonly RampObjection[] => {
    if (answer instanceof SlopegateError)
      return { code: 'replay-ended' as const, facts: { arm, error: answer.code, message: answer.message } };
    return objectionTo(arm, rate, answer, first?.arms[arm]?.latency ?? answer.latency) ?? [];
  });
  const counted = answers.flatMap(({ arm, answer }) =>
    answer instanceof SlopegateError ? [] : [[arm, answer] as const],
  );
  return { rate, arms: Object.fromEntries(counted), objections };
}

/** How one arm answered this many requests, or why the replay failed. */
async function answerOf(
  { replayer, traceOf, scenario, signal }: RateSearch,
  { entry }: RunningStack,
  rate: number,
  requests: number,
): Promise<RampAnswer | SlopegateError> {
  try {
    const { planned, answered, seconds, lateness, latency } = await replayer.start({
      target: entry,
      trace: traceOf(requests),
      rate,
      blockedStatuses: scenario.traffic.blockedStatuses,
      signal,
    }).done;
    return { planned, answered, seconds, lateness: lateness.p50, latency: latency.p50 };
  } catch (error) {
    if (error instanceof SlopegateError && ['REPLAY_FAILED', 'TOO_LATE'].includes(error.code)) return error;
    throw error;
  }
}
