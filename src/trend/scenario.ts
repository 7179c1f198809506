import {
  badge,
  dataTable,
  folded,
  h,
  note,
  section,
  trendPlots,
  valueAbove,
  type Child,
  type Element,
  type TrendRun,
} from '../drawing/index.js';
import { OUTCOMES } from '../facts/index.js';
import type { HistoryEntry } from '../history/index.js';
import { ARMS, type ArmName, type Outcome } from '../model/index.js';
import { amount, estimate, estimateOr, perWhat } from '../words/growth.js';
import { dateAndMinute } from '../words/clock.js';
import { hostWords, runsWords, serviceName } from '../words/history.js';
import { runWords } from '../words/qualification.js';
import type { LinkOf } from './qualification.js';
import { trendsOf, type Measured, type Trend } from './trends.js';

/** More runs than this cannot be told apart in a picture. The table has all of them. */
const DRAWN = 60;
/** A scenario with more services than this has those folded whose last run passed. */
const OPEN_AT_MOST = 6;

/** If the comparison was not valid, no service of it has a verdict. */
const outcomeOf = ({ entry, service }: Measured): Outcome =>
  entry.outcome === 'invalid' ? 'invalid' : service.outcome;

function drawn(measured: Measured): TrendRun {
  const { entry, service } = measured;
  const outcome = outcomeOf(measured);
  const { difference, margin, unit } = service;
  const isValid = outcome !== 'invalid';
  const growth = (arm: ArmName): TrendRun['growth'][ArmName] => {
    const value = isValid ? service[arm] : null;
    return value === null ? null : { value, interval: service.intervals?.[arm] ?? null };
  };
  return {
    version: entry.candidate,
    day: entry.startedAt.slice(0, 10),
    outcome,
    title:
      `${runWords(entry, entry.candidate)}: ${OUTCOMES[outcome].word}` +
      (isValid ? `, difference ${estimateOr(difference, unit)}, margin ${amount(margin, unit)} ${perWhat(unit)}` : ''),
    difference:
      isValid && difference !== null
        ? { value: difference.value, interval: [difference.lower, difference.upper] }
        : null,
    growth: { baseline: growth('baseline'), candidate: growth('candidate') },
    margin,
  };
}

const GLYPHS: readonly (readonly [look: string, glyph: string, words: string])[] = [
  ['pass', '●', 'pass'],
  ['fail', '■', 'fail'],
  ['inconclusive', '◇', 'inconclusive'],
  ['invalid', '✕', 'invalid'],
  ['of-baseline', '○', 'baseline'],
  ['of-candidate', '▲', 'candidate'],
];

function key(): Element {
  return h(
    'p',
    { class: 'key' },
    GLYPHS.map(([look, glyph, words]) => h('span', {}, h('span', { class: `glyph ${look}` }, glyph), words)),
    h('span', {}, h('span', { class: 'swatch line' }), 'margin'),
    h('span', {}, 'vertical line: interval'),
  );
}

/** A link to the page of the run, if it is still there. */
function runLink(entry: HistoryEntry, linkOf: LinkOf): Child {
  const [link, words] = [linkOf(entry), `${entry.baseline} → ${entry.candidate}`];
  return link === null ? words : h('a', { href: link }, words);
}

function numbers({ role, metric, unit, runs }: Trend, linkOf: LinkOf): Element {
  const titles = ['Baseline grows', 'Candidate grows', 'Difference', 'Margin'];
  return dataTable(
    `Growth of ${serviceName(role, metric)}, ${perWhat(unit)}`,
    [
      { title: 'Began' },
      { title: 'Versions' },
      { title: 'Verdict' },
      ...titles.map((title) => ({ title, number: true })),
    ],
    runs.map((measured) => {
      const { entry, service } = measured;
      const outcome = outcomeOf(measured);
      const grown = (value: number | null): string =>
        value === null || outcome === 'invalid' ? '—' : amount(value, unit);
      const difference =
        outcome === 'invalid' || service.difference === null ? null : estimate(service.difference, unit);
      return {
        cells: [
          `${dateAndMinute(entry.startedAt)} UTC`,
          runLink(entry, linkOf),
          badge(outcome),
          ...ARMS.map((arm) => grown(service[arm])),
          difference === null ? '—' : valueAbove(difference.value, difference.interval),
          amount(service.margin, unit),
        ],
      };
    }),
    'cards',
  );
}

function trendPart(trend: Trend, isFolded: boolean, linkOf: LinkOf): Element {
  const name = serviceName(trend.role, trend.metric);
  const last = badge(outcomeOf(trend.runs.at(-1) as Measured));
  const parts: readonly Child[] = [
    trend.runs.length > DRAWN ? note(`The pictures have the last ${DRAWN} of ${trend.runs.length} runs.`) : null,
    h('div', { class: 'pair' }, trendPlots(name, trend.unit, trend.runs.slice(-DRAWN).map(drawn))),
    key(),
    folded('The numbers of these pictures', numbers(trend, linkOf)),
  ];
  return isFolded
    ? h('article', { class: 'service folded' }, folded([h('strong', {}, name), ' ', last], parts))
    : h('article', { class: 'service' }, h('h3', {}, name, ' ', last), parts);
}

function allRuns(entries: readonly HistoryEntry[], linkOf: LinkOf): Element {
  return dataTable(
    'All runs of this scenario',
    [
      { title: 'Began' },
      { title: 'Versions' },
      { title: 'Verdict' },
      { title: 'Replicates', number: true },
      { title: 'Host' },
    ],
    entries.map((entry) => ({
      cells: [
        `${dateAndMinute(entry.startedAt)} UTC`,
        runLink(entry, linkOf),
        badge(entry.outcome),
        String(entry.replicates),
        hostWords(entry.host),
      ],
    })),
    'cards',
  );
}

/** All runs of one scenario: pictures and numbers of each judged service. @param entries at least one */
export function scenarioSection(id: string, name: string, entries: readonly HistoryEntry[], linkOf: LinkOf): Element {
  const trends = trendsOf(entries);
  const hosts = new Set(entries.map(({ host }) => hostWords(host))).size;
  const isFolded = ({ runs }: Trend): boolean =>
    trends.length > OPEN_AT_MOST && outcomeOf(runs.at(-1) as Measured) === 'pass';
  return section(
    id,
    name,
    note(
      `${runsWords(entries.map(({ startedAt }) => startedAt.slice(0, 10)))}.` +
        (hosts > 1 ? ' They ran on different hosts, so growth may differ for this reason too.' : '') +
        (trends.length === 0 ? ' None of them judged a service.' : ''),
    ),
    trends.map((trend) => trendPart(trend, isFolded(trend), linkOf)),
    folded('All runs of this scenario', allRuns(entries, linkOf)),
  );
}
