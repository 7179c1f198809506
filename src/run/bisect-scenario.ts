import { join } from 'node:path';
import { SlopegateError, type Context, type OnEvent, type Scenario } from '../model/index.js';
import { openRoot, writeReports } from '../journal/index.js';
import { searchFirstBad, type JudgedVersion, type Search, type VersionTest } from '../releases/index.js';
import {
  BISECT_SCHEMA,
  type BisectNote,
  type BisectResult,
  type ErrorRates,
  type VersionRun,
} from '../results/index.js';
import { BISECT_FALSE_FAIL, BISECT_MISSED_FAIL, BISECT_MOST_RUNS, BISECT_TRIES } from '../statistics/method.js';
import { notesOf } from './ladder-scenario.js';
import { openReleases, type ReleaseOptions, type Releases } from './release-runs.js';
import { timeStamp } from './time-stamp.js';

type Ends = Pick<Releases, 'existing' | 'run'>;

export interface Bisected {
  readonly result: BisectResult;
  readonly directory: string;
}

/**
 * Finds the first bad release: a search that allows for wrong verdicts. Both ends are tested first. Writes
 * `bisect.json`.
 * @param versions from the good one to the bad one, two or more
 * @param level the probability that the answer must have, 0…1
 * @throws SlopegateError BISECT_REFUSED if an end does not behave as stated, or cannot pass; otherwise as
 * `ladderScenario`
 */
export async function bisectScenario(
  given: Scenario,
  versions: readonly string[],
  level: number,
  context: Context,
  options: ReleaseOptions,
  onEvent: OnEvent,
): Promise<Bisected> {
  if (given.traffic.repeat !== undefined)
    throw new SlopegateError('BISECT_REFUSED', 'A search needs a PASS of the good version.', {
      location: given.file,
      hint: 'Requests that repeat (traffic.repeat, the preset instant) never pass: take another preset.',
    });
  openRoot(options.root);
  const [good = ''] = versions;
  const bad = versions.at(-1) ?? good;
  const releases = await openReleases(given, good, context, options, onEvent);
  const startedAt = context.clock.now();
  const directory = join(options.root, `${given.name}-bisect-${timeStamp(startedAt)}-${context.pid}`);
  const rates = ratesOf(given);
  const used: JudgedVersion[] = [];
  const write = async ({ posterior, firstBad, ended }: Search): Promise<BisectResult> => {
    const result: BisectResult = {
      schema: BISECT_SCHEMA,
      scenario: given.name,
      startedAt: startedAt.toISOString(),
      seconds: Math.round((context.clock.now().getTime() - startedAt.getTime()) / 1000),
      place: releases.place,
      good,
      bad,
      versions,
      rates,
      level,
      tests: used.map(({ run }) => run),
      probabilities: versions.map((version, place) => ({ version, probability: posterior[place] ?? 0 })),
      firstBad: firstBad.map((place) => versions[place] ?? ''),
      ended,
      notes: [...notesOf(used.flatMap(({ result: one }) => one ?? [])), ...smallGrowth(used[0])],
    };
    await writeReports(directory, [{ path: 'bisect.json', contents: `${JSON.stringify(result, null, 2)}\n` }]);
    return result;
  };

  let told = false;
  const run = async (version: string): Promise<JudgedVersion> => {
    if (!told) await options.beforeRuns(releases.scenarioOf(version), BISECT_MOST_RUNS);
    told = true;
    return releases.run(version);
  };
  const ends: Ends = { existing: releases.existing, run };
  used.push(await end(ends, bad, 'fail'));
  used.push(await end(ends, good, 'pass'));
  const known: VersionTest[] = [];
  for (const [place, version] of versions.entries()) {
    if (version === good || version === bad) continue;
    for (const existing of await releases.existing(version)) {
      if (existing === null) continue;
      used.push(existing);
      known.push({ version: place, reply: replyOf(existing.run) });
    }
  }
  const search = await searchFirstBad({
    count: versions.length,
    rates,
    level,
    most: BISECT_MOST_RUNS,
    tries: BISECT_TRIES,
    known,
    test: async (place) => {
      const tested = await run(versions[place] ?? '');
      used.push(tested);
      return replyOf(tested.run);
    },
  });
  return { result: await write(search), directory };
}

/** The error rates of the method, or those that the scenario accepts if they are higher. */
function ratesOf({ gate: { alpha } }: Scenario): ErrorRates {
  return {
    falseFail: Math.max(BISECT_FALSE_FAIL, alpha.fail),
    missedFail: Math.max(BISECT_MISSED_FAIL, alpha.pass),
  };
}

/** With growth near the margin, runs often do not decide. */
function smallGrowth(bad: JudgedVersion | undefined): readonly BisectNote[] {
  const services = bad?.result?.verdict.assessment.services ?? [];
  const failing = services.filter(({ judged, outcome }) => judged && outcome === 'fail');
  const small = failing.every(
    ({ difference, margin }) => difference !== null && difference.value < SURELY_SEEN * margin,
  );
  return small && failing.length > 0 ? ['small-growth'] : [];
}

/** Runs mostly decide about growth of this many margins (docs/bench-statistics.md). */
const SURELY_SEEN = 2;

function replyOf({ outcome }: VersionRun): VersionTest['reply'] {
  return outcome === 'pass' || outcome === 'fail' ? outcome : 'open';
}

/**
 * Tests an end of the search, or uses its newest run that decided. If a newer one is damaged or INVALID, the end is
 * tested again. @throws SlopegateError BISECT_REFUSED
 */
async function end({ existing, run: test }: Ends, version: string, expected: 'pass' | 'fail'): Promise<JudgedVersion> {
  const decided = (await existing(version)).filter((one) => one === null || replyOf(one.run) !== 'open').at(-1);
  const tested = decided ?? (await test(version));
  const { run } = tested;
  if (run.outcome === expected) return tested;
  const outcome = run.outcome?.toUpperCase() ?? 'not judged';
  const open = replyOf(run) === 'open';
  throw new SlopegateError(
    'BISECT_REFUSED',
    expected === 'fail'
      ? `The bad version ${version} is ${outcome}, compared with the good one. A search needs a FAIL there.`
      : `The good version ${version} is ${outcome}, compared with itself. A search needs a PASS there.`,
    {
      hint: open
        ? 'Find out why it was not decided. More replicates or a longer preset may decide it: --preset standard'
        : expected === 'fail'
          ? 'Its growth is below the margin, or the good version grows as fast. Name another bad version or traffic.'
          : 'On this host the scenario finds growth where there is none: see "slopegate calibrate".',
      ...(run.run === null ? {} : { location: run.run }),
    },
  );
}
