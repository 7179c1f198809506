import type { HuntResult, HuntRow, HuntWeight, KeptOn, Standing } from '../model/index.js';
import { growth } from './growth.js';
import { duration, list, plural } from './numbers.js';

const TITLES: Readonly<Record<KeptOn, string>> = {
  candidate: 'Kept by the candidate only',
  more: 'Kept by both versions, by the candidate much more',
  both: 'Kept by both versions',
  baseline: 'Kept by the baseline only',
  unknown: 'Not decided',
  neither: 'Kept by neither',
};

const STANDINGS: Readonly<Record<Exclude<Standing, 'keeps'>, string>> = {
  'gives-back': 'nothing',
  undecided: 'not decided',
  unmeasured: 'not measured',
};

/** The title of a part of the table of a hunt. */
export function keptOnTitle(keptOn: KeptOn): string {
  return TITLES[keptOn];
}

/** One weight for a narrow column: `5.33 KB per request`, `nothing`. */
export function weightWords({ standing, bytes, per }: HuntWeight): string {
  return standing === 'keeps' ? growth(bytes, `bytes/${per}`) : STANDINGS[standing];
}

/** `xml, broken: the candidate keeps 5.33 KB per request, the baseline nothing.` */
export function keptWords({ shape, weights: { baseline, candidate } }: HuntRow): string {
  return `${shape}: the candidate keeps ${weightWords(candidate)}, the baseline ${weightWords(baseline)}.`;
}

/** What a hunt found, in one sentence. */
export function huntSentence({ rows, shapes }: HuntResult): string {
  const of = (kept: KeptOn): number => rows.filter(({ keptOn }) => keptOn === kept).length;
  const found = of('candidate') + of('more');
  const unknown = of('unknown');
  const all = plural(rows.length, 'shape');
  const first =
    found === 0
      ? `The candidate keeps no memory that the baseline gives back (${all} weighed).`
      : `The candidate keeps memory of ${found} of ${all}. ` +
        `The baseline gives it back${of('more') === 0 ? '' : ', or keeps much less'}.`;
  const open = unknown === 0 ? '' : ` ${plural(unknown, 'shape')} could not be decided.`;
  const early =
    rows.length === shapes
      ? ''
      : ` The hunt ended early: a version did not answer any more. ${shapes - rows.length} shapes were not weighed.`;
  return `${first}${open}${early}`;
}

/** What a hunt does not say. Empty if the lens counts every judged service. */
export function unseenWords({ unseen }: HuntResult): string {
  return unseen.length === 0
    ? ''
    : `The lens does not count ${list(unseen)}: nothing is known about ${unseen.length === 1 ? 'it' : 'them'}.`;
}

/** The time in which a shape alone fills 1 GiB; empty if it is not known. */
export function gibibyteWords({ secondsToGibibyte }: HuntRow): string {
  return secondsToGibibyte === null ? '' : duration(secondsToGibibyte);
}
