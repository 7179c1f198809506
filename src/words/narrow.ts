import type { NarrowCause, NarrowMixture, NarrowPart, NarrowResult, NarrowShape } from '../results/index.js';
import { growth } from './growth.js';
import { weightWords } from './hunt.js';
import { list, plural } from './numbers.js';

const ANSWERS: Readonly<Record<NarrowMixture['answer'], string>> = {
  stops: 'does not grow',
  grows: 'grows',
  unresolved: 'not decided',
};

/** What a mixture does, for a narrow column. */
export function answerWords(answer: NarrowMixture['answer']): string {
  return ANSWERS[answer];
}

/** `3 of 40 parts from the baseline: grows, 264 B per request` */
export function mixtureWords({ parts, answer, weights, failure }: NarrowMixture, all: number): string {
  const kept = answer === 'grows' ? weights.filter(({ standing }) => standing === 'keeps').map(weightWords) : [];
  const why = failure === null ? '' : ` (${failure.code})`;
  return `${parts.length} of ${all} parts from the baseline: ${[ANSWERS[answer], ...kept].join(', ')}${why}`;
}

const ENDS: Readonly<Record<'elsewhere' | 'unresolved' | 'cut-off', string>> = {
  elsewhere:
    'The growth stays when all of these parts come from the baseline. So it comes from something else that differs. ' +
    '"slopegate stack diff" lists what does.',
  unresolved:
    'The candidate with all of these parts from the baseline did not start, or was not decided. ' +
    'So nothing is known about the cause.',
  'cut-off': 'The search was interrupted before it had an answer.',
};

/** What a search found, in one or two sentences. */
export function narrowSentence({ causes, ended, service, mixtures }: NarrowResult): string {
  if (ended === 'elsewhere' || ended === 'cut-off') return ENDS[ended];
  if (ended === 'unresolved') {
    const failure = mixtures[0]?.failure ?? null;
    return `${ENDS[ended]}${failure === null ? '' : ` ${failure.code}: ${failure.message}`}`;
  }
  const found = foundSentence(causes, service, ended === 'found');
  if (ended === 'open')
    return `${found} Perhaps not all parts are needed: mixtures with fewer of them did not start, or were not decided.`;
  if (ended === 'too-many')
    return `${found} Perhaps not all parts are needed: the search ended after ${plural(mixtures.length, 'mixture')}.`;
  return found;
}

/** @param isSmallest whether it is known that none of the parts can be left out */
function foundSentence(causes: readonly NarrowCause[], service: string, isSmallest: boolean): string {
  if (causes.length > 1) return `${causes.length} causes make ${service} grow, each with growth of its own.`;
  const { parts = [], companions = [], ruledOut = [] } = causes[0] ?? {};
  const open = companions.filter((part) => !ruledOut.includes(part));
  if (parts.length === 1)
    return open.length === 0
      ? `${parts[0]} makes ${service} grow.`
      : `${parts[0]}, or ${list(open)} that had to be exchanged with it, makes ${service} grow.`;
  return isSmallest
    ? `${parts.length} parts together make ${service} grow. ` +
        'The growth stops only if all of them come from the baseline.'
    : `The growth of ${service} stops if these ${parts.length} parts come from the baseline.`;
}

const KINDS: Readonly<Record<NarrowPart['kind'], string>> = {
  package: 'package',
  library: 'library',
  file: 'file',
  configuration: 'configuration file',
  folder: 'folder',
  setting: 'setting',
};

/** `14 packages, 2 libraries, 1 file` */
export function partsWords(parts: readonly NarrowPart[]): string {
  const counts = Object.entries(KINDS).map(([kind, noun]) => {
    const count = parts.filter((part) => part.kind === kind).length;
    return count === 0 ? [] : [noun === 'library' && count > 1 ? `${count} libraries` : plural(count, noun)];
  });
  return list(counts.flat());
}

/** `package`, `configuration file`: the kind of a part for a narrow column. */
export function kindWords(kind: NarrowPart['kind']): string {
  return KINDS[kind];
}

/** What each version keeps of a shape. */
export function shapeWords({ shape, baseline, candidate }: NarrowShape): string {
  return `${shape}: the candidate keeps ${weightWords(candidate)}, the baseline ${weightWords(baseline)}`;
}

/** What a cause brings, of each shape: `264 B per request`. */
export function causeGrowthWords({ bytes }: NarrowCause, shapes: readonly NarrowShape[]): string {
  const parts = shapes.map(({ candidate }, i) => {
    const one = bytes[i] ?? null;
    return one === null ? 'not known' : one === 0 ? 'nothing' : growth(one, `bytes/${candidate.per}`);
  });
  return parts.join('; ');
}

/** The parts that had to go with a cause, and what is known about them. */
export function companionWords({ parts, companions, ruledOut }: NarrowCause): readonly string[] {
  if (companions.length === 0) return [];
  const open = companions.filter((part) => !ruledOut.includes(part));
  return [
    `${list(parts)} cannot be exchanged without ${list(companions)}.`,
    ...(ruledOut.length === 0
      ? []
      : [`The exchange of ${open.length === 0 ? 'these' : `${ruledOut.length} of these`} alone changes nothing.`]),
    ...(open.length === 0 ? [] : [`This could not be tested for ${list(open)}. So the cause may also be there.`]),
  ];
}
