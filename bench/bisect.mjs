/**
 * How many runs `slopegate bisect` needs, and how often it names a wrong release: simulated searches with seeds.
 *
 *   npm run build && node bench/bisect.mjs [--searches 10000] [--seed 1]
 *
 * Runs are drawn with the error rates of docs/method.md#step-13-releases, or with others. Exits with 1 if a
 * wrong release is named more often than the level allows, by more than three standard errors. The two runs of the ends
 * are not counted.
 */
import { parseArgs } from 'node:util';
import { searchFirstBad } from '../dist/releases/index.js';
import * as method from '../dist/statistics/method.js';

const { values } = parseArgs({
  options: { searches: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const SEARCHES = Number(values.searches);
const ASSUMED = { falseFail: method.BISECT_FALSE_FAIL, missedFail: method.BISECT_MISSED_FAIL };

/** mulberry32 */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param open share of runs that do not decide */
async function row({ releases, level, actual, open }, seed) {
  const random = randomFrom(seed);
  const counts = [];
  let [wrong, undecided] = [0, 0];
  for (let search = 0; search < SEARCHES; search += 1) {
    const first = 1 + Math.floor(random() * (releases - 1));
    let runs = 0;
    const found = await searchFirstBad({
      count: releases,
      rates: ASSUMED,
      level,
      most: method.BISECT_MOST_RUNS,
      tries: method.BISECT_TRIES,
      known: [],
      test: (version) => {
        runs += 1;
        if (random() < open) return Promise.resolve('open');
        const fails = random() < (version >= first ? 1 - actual.missedFail : actual.falseFail);
        return Promise.resolve(fails ? 'fail' : 'pass');
      },
    });
    counts.push(runs);
    // Also a group of several releases is wrong if the true one is not in it.
    if (!found.firstBad.includes(first)) wrong += 1;
    if (found.ended !== 'sure') undecided += 1;
  }
  counts.sort((a, b) => a - b);
  const mean = counts.reduce((sum, one) => sum + one, 0) / SEARCHES;
  return { mean, most: counts[Math.floor(0.95 * SEARCHES)], wrong: wrong / SEARCHES, undecided: undecided / SEARCHES };
}

const percent = (share) => `${(100 * share).toFixed(2)} %`;
const rows = [
  ...[5, 10, 20, 50].flatMap((releases) =>
    [0.95, 0.99].map((level) => ({ name: 'as assumed', releases, level, actual: ASSUMED, open: 0 })),
  ),
  { name: 'no verdict is wrong', releases: 20, level: 0.99, actual: { falseFail: 0, missedFail: 0 }, open: 0 },
  { name: '10 % do not decide', releases: 20, level: 0.99, actual: ASSUMED, open: 0.1 },
  { name: '15 % of FAIL missed', releases: 20, level: 0.99, actual: { ...ASSUMED, missedFail: 0.15 }, open: 0 },
];
let broken = false;
console.log('| verdicts | releases | level | runs, mean | runs, 95 % of searches | wrong | not sure |');
console.log('|---|---|---|---|---|---|---|');
for (const [place, one] of rows.entries()) {
  const { mean, most, wrong, undecided } = await row(one, Number(values.seed) * 1000 + place);
  const share = 1 - one.level;
  if (one.actual.missedFail <= ASSUMED.missedFail && wrong > share + 3 * Math.sqrt(share / SEARCHES)) broken = true;
  const { name, releases, level } = one;
  console.log(
    `| ${name} | ${releases} | ${level} | ${mean.toFixed(1)} | ${most} | ${percent(wrong)} | ${percent(undecided)} |`,
  );
}
process.exitCode = broken ? 1 : 0;
