import { h, outlookPlot, type Child, type Element } from '../drawing/index.js';
import {
  advice,
  armDifferencesSentence,
  assessmentName,
  confirmation,
  decisiveService,
  extentOf,
  isRecorded,
  meaning,
  OUTCOMES,
  projection,
  sureness,
} from '../facts/index.js';
import { expectedOutcome } from '../model/index.js';
import type { Estimate, Result, WordedService } from '../results/index.js';
import { dateAndMinute } from '../words/clock.js';
import { amount, estimate, perWhat } from '../words/growth.js';
import { count, duration } from '../words/numbers.js';

interface Tile {
  readonly title: string;
  readonly value: string;
  readonly detail: string;
  readonly class?: string;
}

function estimateTile(title: string, nullable: Estimate | null, unit: string, look: string): Tile {
  if (nullable === null)
    return { title, value: 'not measured', detail: 'an interval needs at least 2 replicates', class: look };
  const text = estimate(nullable, unit);
  return { title, value: text.value, detail: `${text.per}; ${text.confidence} interval ${text.interval}`, class: look };
}

/** Text beside a smallest detectable difference that is above the margin. */
const BELOW_IT = '. A difference between the margin and this may end INCONCLUSIVE';

function serviceTiles({
  growth,
  difference,
  margin,
  detectable,
  unit,
  outcome,
  shape,
}: WordedService): readonly Tile[] {
  const per = perWhat(unit);
  const change = estimateTile('Difference', difference, unit, 'difference');
  return [
    estimateTile('Baseline grows', growth.baseline, unit, 'baseline'),
    estimateTile('Candidate grows', growth.candidate, unit, 'candidate'),
    {
      ...change,
      detail:
        outcome === 'pass' && shape === 'settled'
          ? `${change.detail}; it passes because the growth has stopped`
          : change.detail,
    },
    { title: 'Margin you accept', value: amount(margin, unit), detail: per },
    detectable === null
      ? { title: 'Smallest detectable', value: 'not known', detail: 'needs at least 2 replicates' }
      : {
          title: 'Smallest detectable',
          value: amount(detectable, unit),
          detail: `${per}; a true difference of this size fails 4 times in 5${detectable > margin ? BELOW_IT : ''}`,
        },
  ];
}

function extentTile(result: Result): Tile {
  const { replicates, judgedRequests, judgedSeconds, loadSeconds } = extentOf(result);
  const load = loadSeconds > 0 ? `, ${duration(loadSeconds)} of load in total` : '';
  const judged =
    result.verdict.assessment.axis === 'requests'
      ? `${count(judgedRequests)} requests judged on each version in ${duration(judgedSeconds)}`
      : `${duration(judgedSeconds)} judged on each version`;
  return {
    title: 'Replicates',
    value: count(replicates),
    detail: isRecorded(result) ? `${judged}; recorded elsewhere` : `${judged}${load}`,
  };
}

function tile({ title, value, detail, class: look }: Tile): Element {
  return h(
    'div',
    { class: `tile ${look ?? ''}`.trim() },
    h('dt', {}, title),
    h('dd', { class: 'value' }, value),
    h('dd', { class: 'detail' }, detail),
  );
}

function expectation({ manifest: { scenario }, verdict }: Result): Child {
  const expected = expectedOutcome(scenario);
  if (expected === null) return null;
  const met = expected === verdict.outcome;
  return h(
    'p',
    { class: 'expectation' },
    `The scenario expects ${OUTCOMES[expected].word}. The verdict is ${met ? 'the same' : 'another one'}. ` +
      'The expectation does not influence the verdict.',
  );
}

function title(result: Result): Element {
  const { scenario, startedAt, runId } = result.manifest;
  const { baseline, candidate } = scenario.arms;
  const differing = armDifferencesSentence(result);
  return h(
    'header',
    { class: 'page' },
    h('p', { class: 'product' }, 'slopegate · memory growth report'),
    h('h1', {}, scenario.name),
    h(
      'p',
      { class: 'arms' },
      h('span', { class: 'arm baseline' }, baseline.label),
      h('span', { class: 'arrow', 'aria-label': 'compared with' }, ' → '),
      h('span', { class: 'arm candidate' }, candidate.label),
    ),
    differing === null
      ? null
      : h('p', { class: 'note' }, `${differing} `, h('a', { href: '#versions' }, 'What ran, and what changed')),
    h(
      'p',
      { class: 'note' },
      `${isRecorded(result) ? 'Judged' : 'Started'} ${dateAndMinute(startedAt)} UTC. Run `,
      h('code', {}, runId),
    ),
  );
}

/** What a reader in a hurry needs: the verdict, why, and what to do. */
export function headline(result: Result): readonly Element[] {
  const { outcome, sentence } = result.verdict;
  const decisive = decisiveService(result);
  const sure = [sureness(result), confirmation(result)].filter((text) => text !== null);
  const projected = decisive === null ? null : projection(result, decisive);
  return [
    title(result),
    h(
      'section',
      { class: `verdict ${outcome}`, id: 'verdict', 'aria-label': 'Verdict' },
      h(
        'div',
        { class: 'words' },
        h('p', { class: 'word' }, OUTCOMES[outcome].word),
        h('p', { class: 'sentence' }, sentence),
        h('p', { class: 'meaning' }, meaning(result.verdict)),
        projected === null ? null : h('p', { class: 'meaning' }, projected),
        sure.length === 0 ? null : h('p', { class: 'meaning' }, h('strong', {}, 'How sure: '), sure.join(' ')),
        h('p', { class: 'advice' }, h('strong', {}, 'What to do: '), advice(result.verdict)),
        expectation(result),
      ),
      decisive === null ? null : outlookPlot(result, decisive),
    ),
  ];
}

const NO_NUMBERS =
  'The comparison is not valid. So this page states no growth and no difference. It shows only what was recorded.';

/** The numbers on which the verdict is based. */
export function keyNumbers(result: Result): Element {
  const isInvalid = result.verdict.outcome === 'invalid';
  const decisive = isInvalid ? null : decisiveService(result);
  return h(
    'section',
    { id: 'numbers', 'aria-label': 'Key numbers' },
    decisive === null
      ? isInvalid
        ? h('p', { class: 'note' }, NO_NUMBERS)
        : null
      : h(
          'p',
          { class: 'note' },
          'These are the numbers of ',
          h('strong', {}, assessmentName(decisive)),
          ', the service that decides the verdict. Growth is measured in the judged window, after the warm-up.',
        ),
    h('dl', { class: 'tiles' }, [...(decisive === null ? [] : serviceTiles(decisive)), extentTile(result)].map(tile)),
  );
}
