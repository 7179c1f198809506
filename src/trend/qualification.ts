import { badge, dataTable, h, note, section, type Child, type Element } from '../drawing/index.js';
import { OUTCOMES } from '../facts/index.js';
import { qualify, type HistoryEntry } from '../history/index.js';
import type { Qualification, QualifiedScenario } from '../results/index.js';
import { plural } from '../words/numbers.js';
import { qualificationSentences, stateWords } from '../words/qualification.js';
import { eachOnce } from './trends.js';

/** Address of the page of a run; null if its folder is not there any more. */
export type LinkOf = (run: { readonly directory: string }) => string | null;

/** More versions than this make the table too wide. */
const MOST_VERSIONS = 6;

/** The verdict on a version, as on the page of a run. */
export function qualificationHead(qualification: Qualification): Element {
  const { candidate, outcome } = qualification;
  const [first = '', ...rest] = qualificationSentences(qualification);
  return h(
    'section',
    { class: `verdict ${outcome}`, id: 'verdict', 'aria-label': `Qualification of ${candidate}` },
    h('p', { class: 'word' }, OUTCOMES[outcome].word),
    h('p', { class: 'sentence' }, first),
    rest.map((sentence) => h('p', { class: 'advice' }, sentence)),
  );
}

function stateBadge({ state }: QualifiedScenario): Element {
  return state === 'missing' || state === 'contradicted'
    ? h('span', { class: state === 'missing' ? 'missing' : 'badge contradicted' }, stateWords(state))
    : badge(state);
}

function cell(scenario: QualifiedScenario, linkOf: LinkOf): readonly Child[] {
  return [
    stateBadge(scenario),
    scenario.runs.map((run) => {
      const [link, words] = [linkOf(run), `from ${run.baseline}, ${run.startedAt.slice(0, 10)}`];
      const verdict = scenario.runs.length > 1 ? `: ${run.outcome}` : '';
      return h('span', { class: 'runs' }, link === null ? words : h('a', { href: link }, words), verdict);
    }),
  ];
}

/** Names of the candidates, the latest first. The one in question comes before all others. */
function versionsOf(entries: readonly HistoryEntry[], chosen: string | null): readonly string[] {
  const all = eachOnce(entries.map(({ candidate }) => candidate)).toReversed();
  return chosen === null ? all : [chosen, ...all.filter((version) => version !== chosen)];
}

/** The verdict of each version in each scenario, with links to the runs. */
export function verdictMatrix(
  entries: readonly HistoryEntry[],
  scenarios: readonly string[],
  chosen: string | null,
  linkOf: LinkOf,
): Element {
  const all = versionsOf(entries, chosen);
  const versions = all.slice(0, MOST_VERSIONS);
  const columns = versions.map((version) => qualify(entries, version, scenarios, 0).scenarios);
  const leftOut = all.length - versions.length;
  return section(
    'versions',
    'Versions and scenarios',
    note(
      'The verdict of each version as a candidate. If it was compared with several versions, all of them count; ' +
        'of several runs with the same two versions the last one counts. ' +
        '“Failed before”: an earlier run with the same two versions failed, and nobody knows why the last one passes.',
    ),
    dataTable(
      'Verdicts by version and scenario',
      [{ title: 'Scenario' }, ...versions.map((title) => ({ title }))],
      scenarios.map((scenario, row) => ({
        cells: [scenario, ...columns.map((states) => cell(states[row] as QualifiedScenario, linkOf))],
      })),
    ),
    leftOut > 0 ? note(`${plural(leftOut, 'older version')} ${leftOut === 1 ? 'is' : 'are'} not shown.`) : null,
  );
}
