import { h, note, serialise, type Child } from '../drawing/index.js';
import { oneLine } from '../facts/index.js';
import type { HistoryEntry } from '../history/index.js';
import type { Qualification } from '../results/index.js';
import { slug } from '../page/index.js';
import { runsWords } from '../words/history.js';
import { trendPolicy } from './policy.js';
import { qualificationHead, verdictMatrix, type LinkOf } from './qualification.js';
import { scenarioSection } from './scenario.js';
import { TREND_STYLE } from './style.js';
import { eachOnce } from './trends.js';

/** What the page shows. */
export interface TrendPage {
  readonly slopegate: string;
  /** By the time at which the runs began. */
  readonly entries: readonly HistoryEntry[];
  /** Null if no version is in question. */
  readonly qualification: Qualification | null;
  readonly linkOf: LinkOf;
}

/** Ids made of names, so that a link stays right when runs are added. Equal ones get a number. */
function idsOf(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = `scenario-${slug(name)}`;
    let id = plain;
    for (let number = 2; taken.has(id); number += 1) id = `${plain}-${number}`;
    taken.add(id);
    return id;
  });
}

function body({ entries, qualification, linkOf }: TrendPage): Child {
  const names = eachOnce(entries.map(({ scenario }) => scenario)).toSorted();
  const ids = idsOf(names);
  const rows = qualification === null ? names : qualification.scenarios.map(({ scenario }) => scenario);
  const title = qualification === null ? 'Growth by version' : `Qualification of ${qualification.candidate}`;
  return h(
    'main',
    {},
    h(
      'header',
      { class: 'page' },
      h('p', { class: 'product' }, 'slopegate · history of memory growth'),
      h('h1', {}, title),
      note(
        entries.length === 0
          ? 'No verdict yet. “slopegate run” adds its verdict to the history.'
          : `${runsWords(entries.map(({ startedAt }) => startedAt.slice(0, 10)))}.`,
      ),
    ),
    qualification === null ? null : qualificationHead(qualification),
    h(
      'nav',
      { class: 'contents', 'aria-label': 'On this page' },
      h(
        'ul',
        {},
        names.map((name, place) => h('li', {}, h('a', { href: `#${ids[place]}` }, name))),
      ),
    ),
    rows.length === 0 ? null : verdictMatrix(entries, rows, qualification?.candidate ?? null, linkOf),
    names.map((name, place) =>
      scenarioSection(
        ids[place] as string,
        name,
        entries.filter(({ scenario }) => scenario === name),
        linkOf,
      ),
    ),
  );
}

/** The history as one page that loads nothing and needs no script. Equal histories give equal pages. */
export function renderTrend(page: TrendPage): string {
  const { qualification, slopegate } = page;
  const title = qualification === null ? 'Growth by version' : `Qualification of ${qualification.candidate}`;
  const head = [
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: trendPolicy() }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('meta', { name: 'generator', content: `slopegate ${slopegate}` }),
    h('title', {}, oneLine(`${title} · slopegate`)),
  ];
  return [
    '<!doctype html>',
    `<html lang="en"><head>${head.map(serialise).join('')}<style>${TREND_STYLE}</style></head>`,
    `<body>${serialise(body(page))}</body></html>`,
    '',
  ].join('\n');
}
