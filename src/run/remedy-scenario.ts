import { distinct } from '../arms/index.js';
import { RateTooHighError, runRound } from '../experiment/index.js';
import { readResult, remedyReport, writeReports } from '../journal/index.js';
import { SlopegateError, type Context, type OnEvent, type Scenario } from '../model/index.js';
import { readRemedies } from '../recording/index.js';
import { createReplayer } from '../replay/index.js';
import type { RemedyTest } from '../results/index.js';
import { duration } from '../words/numbers.js';
import { remedyName } from '../words/remedy-test.js';
import { openDocker } from './docker.js';
import { writeAll } from './judgement.js';
import { remedyJournal } from './remedy-record.js';
import { remedyRound, TREATED, UNTREATED } from './remedy-round.js';
import { remedyTestOf, type TestedRemedy } from './remedy-result.js';
import { remedyWish, type RemedyOptions, type RemedyWish } from './remedy-wish.js';
import { atKeptRate } from './resolve-rate.js';
import { atRateOf } from './resume.js';
import { refuseLiving } from './run-lock.js';
import { timeStamp } from './time-stamp.js';
import { openTraffic } from './traffic.js';

/**
 * Tests a remedy on the candidate of a run that failed: under the traffic of the scenario, one copy of the candidate
 * gets the remedy again and again, and another one does not. Adds the test to `remedy.json` in the folder of the run,
 * also if it is cut off, and writes the reports again.
 * @throws SlopegateError REMEDY_REFUSED if there is nothing to test
 */
export async function testRemedy(
  given: Scenario,
  context: Context,
  options: RemedyOptions,
  onEvent: OnEvent,
): Promise<RemedyTest> {
  await refuseLiving(options.run, context);
  const result = await readResult(options.run);
  const earlier = await readRemedies(options.run);
  const scenario = atRateOf(given, result.manifest);
  remedyWish(result, scenario, options);
  const release = context.hold();
  try {
    const { test, error } = await atKeptRate(scenario, onEvent, (kept) =>
      held(candidateTwice(kept), context, remedyWish(result, kept, options), onEvent),
    );
    const tests = test === null ? earlier : [...earlier, test];
    if (test !== null) {
      await writeReports(options.run, [remedyReport(tests)]);
      await writeAll(options.run, { ...result, remedies: tests });
    }
    if (error !== null || test === null) throw error;
    return test;
  } finally {
    release();
  }
}

/** The candidate as both arms: the one called baseline is left as it is. */
function candidateTwice(scenario: Scenario): Scenario {
  const { candidate } = scenario.arms;
  return {
    ...scenario,
    name: `${scenario.name}-remedy`,
    expect: 'same',
    stack: { ...scenario.stack, upgrade: 'none' },
    arms: { baseline: { ...candidate, label: `${candidate.label}, without the remedy` }, candidate },
  };
}

interface Held {
  /** Null if it ended before anything was applied. */
  readonly test: RemedyTest | null;
  /** What ended the test early; null if it ran to its end. */
  readonly error: unknown;
}

async function held(scenario: Scenario, context: Context, wish: RemedyWish, onEvent: OnEvent): Promise<Held> {
  const { clock, signal } = context;
  const traffic = await openTraffic(scenario, onEvent, context.env);
  await using session = await openDocker(context, scenario);
  const startedAt = clock.now();
  const runId = `${scenario.name}-${timeStamp(startedAt)}-${context.pid}`;
  const onLine = (text: string): void => onEvent({ type: 'log', text });
  const tell = (text: string): void => onEvent({ type: 'step', text });
  await session.stack.prepare({ scenario, runId, signal, onLine, onNotice: tell });
  const allowedHosts = await Promise.all(distinct(session.daemons).map((daemon) => daemon.publishedOn()));

  const round = remedyRound(scenario, wish);
  const { remedy, plan, every } = wish;
  const beside =
    round.trials.length === 2 ? 'Beside it runs the candidate without the remedy, called baseline here.' : '';
  tell(
    `${remedyName(remedy)}: ${plan.applications} times under load, every ${duration(plan.every)} ` +
      `in place of every ${duration(every)}; about ${duration(round.seconds)}. ${beside}`.trimEnd(),
  );
  const record = remedyJournal();
  const error = await runRound(
    {
      scenario,
      plan: { rounds: [round], looks: [], confirmation: [], rate: scenario.traffic.rate, idleSeconds: 0 },
      runId,
      traceOf: (requests) => traffic.traceOf(requests),
      stack: session.stack,
      replayer: createReplayer({ ...traffic.sending, allowedHosts }),
      observer: session.observer,
      host: session.host,
      journal: record.journal,
      clock,
      decide: () => Promise.resolve('stop' as const),
      onEvent,
      signal,
    },
    round,
    true,
  ).then(
    ({ tooLate }) => tooLate,
    (thrown: unknown) => thrown,
  );
  if (error instanceof RateTooHighError) throw error;
  const treated = record.of(TREATED);
  if (treated.actions.length === 0 && error !== null) return { test: null, error };
  const tested: TestedRemedy = {
    wish,
    startedAt,
    rate: scenario.traffic.rate,
    candidate: scenario.arms.candidate.label,
    treated,
    untreated: round.trials.length === 2 ? record.of(UNTREATED) : null,
    cutOff: error === null ? null : error instanceof SlopegateError ? error.code : 'INTERNAL',
  };
  return { test: remedyTestOf(tested), error };
}
