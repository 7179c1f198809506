import type { Failure } from '../model/failure.js';
import type { LadderNote, LadderResult, LadderRung, VersionRun } from '../results/index.js';
import { list } from './numbers.js';
import { say } from './say.js';

const NOTES: Readonly<Record<LadderNote, string>> = {
  'hosts-differ':
    'The runs were recorded on different hosts. Compare the differences to the first version, not the growth itself.',
  'first-images-differ':
    'The image of the first version is not the same in all runs: it was built or pulled again between them.',
  'rates-differ': 'The runs had different request rates. Growth is per request, but it can depend on the rate.',
};

/** What makes the runs of a ladder less comparable. */
export function ladderNote(note: LadderNote): string {
  return NOTES[note];
}

/** A ladder in a few short sentences. */
export function ladderSentence({ rungs }: LadderResult): string {
  const [first, ...others] = rungs;
  const of = (...outcomes: readonly VersionRun['outcome'][]): readonly string[] =>
    others.filter(({ outcome }) => outcomes.includes(outcome)).map(({ version }) => version);
  const [failing, passing, open, unjudged] = [of('fail'), of('pass'), of('inconclusive'), of('invalid', null)];
  const grows = ({ services }: LadderRung): boolean => services.some(({ outcome }) => outcome === 'fail');
  const growing = others.filter(grows).map(({ version }) => version);
  const parts = [
    sentence(
      failing.filter((version) => growing.includes(version)),
      'grows',
      'grow',
      `faster than ${first?.version} by more than the margin`,
    ),
    sentence(
      failing.filter((version) => !growing.includes(version)),
      'fails',
      'fail',
      'because of a finding that the report of the run names',
    ),
    sentence(passing, 'passes', 'pass'),
    sentence(open, 'is', 'are', 'not decided'),
    sentence(unjudged, 'was', 'were', 'not judged'),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** `1.1 and 1.2 pass.`; empty for no versions. */
function sentence(versions: readonly string[], one: string, several: string, rest = ''): string {
  if (versions.length === 0) return '';
  return `${list(versions)} ${versions.length === 1 ? one : several}${rest === '' ? '' : ` ${rest}`}.`;
}

/** The verdict of a version in one word or two; the first version is what the others are compared with. */
export function verdictWord({ outcome, failure }: VersionRun): string {
  return outcome?.toUpperCase() ?? (failure === null ? 'the first' : 'not judged');
}

/** Why a version was not judged. */
export function unjudgedWords({ version, failure }: VersionRun & { readonly failure: Failure }): string {
  return `${version}: ${say(failure)}`;
}
