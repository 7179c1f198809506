import { poolEvidence } from '../../../src/statistics/estimators/growth-evidence.js';
import { measurePair } from '../../../src/statistics/estimators/pair-measure.js';
import { rulesAt } from '../../../src/procedure/judge-family.js';
import { judgeLook } from '../../../src/procedure/judge-look.js';
import { fill, leak, stepAnywhere } from '../generator/growth.js';
import { RECORDED_RATE } from '../generator/noise.js';
import { drawReplicate, type Replicate, type Service } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Cell, Check, Observation, Report, Results, Scale, Section } from '../harness/cell.js';
import { percent, share } from '../harness/summary.js';
import { LEVEL_RULES } from '../peers/levels.js';
import type { PeerPair, PeerRule } from '../peers/rule.js';
import { THRESHOLD_RULES } from '../peers/thresholds.js';
import { TREND_RULES } from '../peers/trend.js';
import { ALPHAS, MARGIN, OVERHEAD_SECONDS, QUANTUM } from '../procedure/design.js';
import { FALSE_FAIL_BOUND } from './false-alarms.js';
import { alike, HARMLESS } from './services.js';

const RULES: readonly PeerRule[] = [...TREND_RULES, ...LEVEL_RULES, ...THRESHOLD_RULES];
const OURS = 'slopegate, one look';
const WARMUP = 60;
const REPLICATES = 5;
/** Windows of our replicates. They determine the test time that every rule gets. */
const WINDOWS = [120, 300] as const;
const totalSeconds = (window: number): number => REPLICATES * (OVERHEAD_SECONDS + WARMUP + window);

const LEAKS = [16, 64, 128, 256, 1024] as const;
const GROWING: Readonly<Record<string, Service>> = {
  ...Object.fromEntries(LEAKS.map((bytes) => [`leak ${bytes}`, alike('plain', leak(bytes))])),
  'leak 256, lua': alike('lua', leak(256)),
  'leak 256, sawtooth': alike('saw', leak(256)),
  'leak 256, runtime': alike('runtime', leak(256)),
  'fill tau 100': alike('plain', fill(25e6, 100)),
  step: alike('plain', stepAnywhere(2e6, 40e6)),
};

/** Rows in which an alarm is false: only noise, a cache that fills, one step. */
const INNOCENT = [...Object.keys(HARMLESS), 'fill tau 100', 'step'];
/** Rows in which an alarm is right. */
const LEAKY = Object.keys(GROWING).filter((row) => row.startsWith('leak') && row !== 'leak 16');

const nameOf = (window: number, row: string): string => `peers ${window}: ${row}`;

/**
 * The same test time for all: five replicates for us and, pooled, for each rule; and one pair that is as long as all of
 * them together.
 */
function judgeAll(service: Service, window: number, random: Random): Observation {
  const draw = (seconds: number): Replicate =>
    drawReplicate(service, { rate: RECORDED_RATE, warmup: WARMUP, window: seconds }, random);
  const replicates = Array.from({ length: REPLICATES }, () => draw(window));
  const ours = replicates.map(({ pair }) => pair);
  const long = draw(totalSeconds(window) - OVERHEAD_SECONDS - WARMUP).pair;
  const evidence = poolEvidence(
    replicates.map(({ pair, fromLoadStart }) => measurePair(pair, fromLoadStart)),
    QUANTUM,
  );
  const verdict = judgeLook(evidence, { ...rulesAt(ALPHAS, 1, MARGIN), unconfirmed: true });
  return {
    [OURS]: verdict.decision === 'fail' ? 1 : 0,
    ...Object.fromEntries(
      RULES.flatMap(({ name, alarms }) => [
        [`${name} · long pair`, alarms([long as PeerPair]) ? 1 : 0],
        [`${name} · replicates`, alarms(ours as PeerPair[]) ? 1 : 0],
      ]),
    ),
  };
}

export function peers({ trials }: Scale): Section {
  const services = Object.entries({ ...HARMLESS, ...GROWING });
  const cells = WINDOWS.flatMap((window) =>
    services.map(([row, service]): Cell => ({
      name: nameOf(window, row),
      trials: Math.ceil(trials / (window === 300 ? 16 : 8)),
      trial: (random) => judgeAll(service, window, random),
    })),
  );
  return {
    name: 'peers',
    title: 'The rules people use, on the same series and at equal test time: alarms in %',
    cells,
    reports: (results) => WINDOWS.map((window) => reportOf(window, results)),
  };
}

const KEYS = [OURS, ...RULES.flatMap(({ name }) => [`${name} · long pair`, `${name} · replicates`])];
const SHOWN = ['flat', 'nginx-like', 'lua (own growth)', 'sawtooth 6 MB', 'worker imbalance'] as const;

function reportOf(window: number, results: Results): Report {
  const rate = (row: string, key: string): number => share(results(nameOf(window, row))[key]);
  const worst = (key: string, rows: readonly string[]): number => Math.max(...rows.map((row) => rate(row, key)));
  const minutes = (totalSeconds(window) / 60).toFixed(1);
  const asQuiet = (rows: readonly string[]): string[] =>
    KEYS.filter((key) => key !== OURS && worst(key, rows) <= Math.max(FALSE_FAIL_BOUND, worst(OURS, rows)));
  const stronger = (keys: readonly string[]): string[] =>
    keys.flatMap((key) =>
      LEAKY.filter((row) => rate(row, key) > rate(row, OURS)).map(
        (row) => `${key}, ${row}: ${percent(rate(row, key))} against ${percent(rate(row, OURS))}`,
      ),
    );
  const quiet = asQuiet(INNOCENT);
  const elsewhere = stronger(asQuiet(Object.keys(HARMLESS)).filter((key) => !quiet.includes(key)));
  return {
    header: [`${minutes} min: rule`, 'worst noise', 'worst harmless', ...SHOWN, ...Object.keys(GROWING)],
    rows: KEYS.map((key) => [
      key,
      percent(worst(key, Object.keys(HARMLESS))),
      percent(worst(key, INNOCENT)),
      ...[...SHOWN, ...Object.keys(GROWING)].map((row) => percent(rate(row, key))),
    ]),
    notes:
      elsewhere.length > 0
        ? [`as quiet as ours on noise alone, not on fills and steps, and stronger: ${elsewhere.join('; ')}`]
        : [],
    checks: checksOf(minutes, quiet, stronger(quiet)),
  };
}

function checksOf(minutes: string, asQuiet: readonly string[], stronger: readonly string[]): Check[] {
  return [
    {
      claim: `${minutes} min: no rule as quiet as ours on all harmless series finds more leaks above the margin`,
      ok: stronger.length === 0,
      found: stronger.length > 0 ? stronger.join('; ') : `as quiet: ${asQuiet.join('; ') || 'none'}`,
    },
  ];
}
