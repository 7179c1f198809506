import { meansOver } from '../../../src/statistics/estimators/bins.js';
import { describeSawtooth, measureFalls, type Sawtooth } from '../../../src/statistics/estimators/drawdown.js';
import { poolEvidence } from '../../../src/statistics/estimators/growth-evidence.js';
import { measurePair } from '../../../src/statistics/estimators/pair-measure.js';
import { FALL_SECONDS } from '../../../src/statistics/method.js';
import { rulesAt } from '../../../src/procedure/judge-family.js';
import { judgeLook } from '../../../src/procedure/judge-look.js';
import { RECORDED_RATE } from '../generator/noise.js';
import { drawReplicate, type Replicate, type Service } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Cell, Observation, Report, Results, Scale, Section } from '../harness/cell.js';
import { percent, share } from '../harness/summary.js';
import { ALPHAS, MARGIN, QUANTUM } from '../procedure/design.js';
import { leaking, mismatched } from './services.js';

const WINDOWS = [60, 120, 300] as const;
const REPLICATES = 5;
/**
 * Other rules than the guard in use: a FAIL is withheld if there were fewer cycles than this and a cycle is at least
 * this share of the growth.
 */
const OTHERS = [
  { since: 'window', teeth: 3, share: 0.5 },
  { since: 'load', teeth: 3, share: 0.5 },
  { since: 'load', teeth: 3, share: 0.25 },
] as const;
const ROWS: Readonly<Record<string, Service>> = {
  'no leak: nginx-like → slow sawtooth': mismatched('plain', 'sawslow'),
  'no leak: nginx-like → runtime GC': mismatched('plain', 'runtime'),
  'leak 64, nginx-like': leaking('plain', 64),
  'leak 128, lua': leaking('lua', 128),
  'leak 128, apache': leaking('apache', 128),
  'leak 256, sawtooth': leaking('saw', 256),
  'leak 256, runtime GC': leaking('runtime', 256),
  'leak 1024, sawtooth': leaking('saw', 1024),
};

const nameOf = (window: number, row: string): string => `sawtooth ${window}: ${row}`;

/** The candidate's cycles in its replicates, in the window or from the first request on. */
function teethOf(replicates: readonly Replicate[], since: 'window' | 'load'): Sawtooth {
  const series = replicates.flatMap(({ pair, fromLoadStart }) =>
    since === 'load' ? [fromLoadStart.candidate] : pair.candidate ? [pair.candidate] : [],
  );
  return describeSawtooth(series.map(({ time, y }) => measureFalls(meansOver(time, y, FALL_SECONDS))));
}

function judged(service: Service, window: number, random: Random): Observation {
  const replicates = Array.from({ length: REPLICATES }, () =>
    drawReplicate(service, { rate: RECORDED_RATE, warmup: 60, window }, random),
  );
  const evidence = poolEvidence(
    replicates.map(({ pair, fromLoadStart }) => measurePair(pair, fromLoadStart)),
    QUANTUM,
  );
  const rules = rulesAt(ALPHAS, 1, MARGIN);
  const { decision, steadyGrowth } = judgeLook(evidence, rules);
  const fails = decision === 'fail';
  const shipped = judgeLook(evidence, { ...rules, unconfirmed: true }).decision === 'fail';
  const withheld = OTHERS.map((rule) => {
    const seen = teethOf(replicates, rule.since);
    return seen.cycles < rule.teeth && seen.height > rule.share * steadyGrowth * evidence.floor.requests;
  });
  return {
    fail: fails ? 1 : 0,
    shipped: shipped ? 1 : 0,
    ...Object.fromEntries(withheld.map((held, i) => [`rule${i}`, fails && !held ? 1 : 0])),
  };
}

/**
 * What the FELL-BACK guard, and similar ones, gain and cost in one look without confirmation, as recorded series are
 * judged.
 */
export function sawtooth({ trials }: Scale): Section {
  const cells = WINDOWS.flatMap((window) =>
    Object.entries(ROWS).map(([row, service]): Cell => ({
      name: nameOf(window, row),
      trials: Math.ceil(trials / 8),
      trial: (random) => judged(service, window, random),
    })),
  );
  return {
    name: 'sawtooth',
    title: `Guards against too few teeth: FAIL % of one look (R${REPLICATES})`,
    cells,
    reports: (results) => WINDOWS.map((window) => reportOf(window, results)),
  };
}

function reportOf(window: number, results: Results): Report {
  return {
    header: [
      `window ${window} s`,
      'without',
      'FELL-BACK, shipped',
      ...OTHERS.map(({ since, teeth, share }) => `< ${teeth} teeth since ${since}, > ${share} of the growth`),
    ],
    rows: Object.keys(ROWS).map((row) => [
      row,
      ...['fail', 'shipped', ...OTHERS.map((_, i) => `rule${i}`)].map((key) =>
        percent(share(results(nameOf(window, row))[key])),
      ),
    ]),
    checks: [],
  };
}
