import type { Qualification, QualifiedRun, ScenarioState } from '../results/index.js';
import { dateAndMinute } from './clock.js';
import { list, plural } from './numbers.js';

const STATES: Readonly<Record<ScenarioState, string>> = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: 'inconclusive',
  invalid: 'invalid',
  missing: 'not tested',
  contradicted: 'failed before',
};

/** The state of a scenario in one or two words. */
export function stateWords(state: ScenarioState): string {
  return STATES[state];
}

/** How many scenarios in each state a sentence names. */
const NAMED = 5;

const OPEN: readonly (readonly [state: ScenarioState, words: string])[] = [
  ['fail', 'It fails in'],
  ['contradicted', 'A run failed, and a later run of the same versions passed, in'],
  ['inconclusive', 'The evidence is not enough in'],
  ['invalid', 'The comparison was not fair in'],
  ['missing', 'It was not tested in'],
];

/** Whether a version passes in all scenarios, and what stands in the way, in a few short sentences. */
export function qualificationSentences({
  candidate,
  outcome,
  scenarios,
  unreadable,
}: Qualification): readonly string[] {
  if (scenarios.length === 0) return [`No run of any scenario is known, so ${candidate} is not qualified.`];
  const all = plural(scenarios.length, 'scenario');
  if (outcome === 'pass')
    return [`${candidate} passes in ${scenarios.length === 1 ? 'the one scenario' : `all ${all}`}.`];
  const open = OPEN.flatMap(([state, words]) => {
    const own = scenarios.filter((one) => one.state === state).map(({ scenario }) => scenario);
    const names = own.length > NAMED ? [...own.slice(0, NAMED), `${own.length - NAMED} more`] : own;
    return own.length === 0 ? [] : [`${words} ${list(names)}.`];
  });
  const passing = scenarios.filter(({ state }) => state === 'pass').length;
  const how = scenarios.length === 1 ? '' : `: it passes in ${passing} of ${all}`;
  const lost =
    unreadable === 0
      ? []
      : [
          `${plural(unreadable, 'entry', 'entries')} of the history cannot be read, and may be a FAIL. ` +
            'Add these runs again with --add, then delete the damaged lines.',
        ];
  return [`${candidate} is not qualified${how}.`, ...open, ...lost];
}

/** `1.4 → 1.5, 2026-11-21 12:00 UTC` */
export function runWords(
  { baseline, startedAt }: Pick<QualifiedRun, 'baseline' | 'startedAt'>,
  candidate: string,
): string {
  return `${baseline} → ${candidate}, ${dateAndMinute(startedAt)} UTC`;
}
