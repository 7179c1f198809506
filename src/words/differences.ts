import type { ArmDifference, DifferenceKind } from '../model/index.js';
import { list } from './numbers.js';

const KINDS: Readonly<Record<DifferenceKind, string>> = {
  service: 'services',
  image: 'images',
  environment: 'environment',
  files: 'files',
  limits: 'limits',
  settings: 'settings',
};

/** The heading of a kind of differences. */
export function kindName(kind: DifferenceKind): string {
  return KINDS[kind];
}

/** `waf image: waf:1.4 → waf:1.5` */
export function describeDifference(difference: ArmDifference): string {
  const { kind, baseline, candidate } = difference;
  const place = placeOf(difference);
  if (kind === 'service')
    return baseline === null ? `${place}: only in the candidate` : `${place}: only in the baseline`;
  return `${place}: ${valueText(baseline)} → ${valueText(candidate)}`;
}

/** In a sentence, more names than this cannot be read. */
const MOST_NAMES = 4;

/** `What differs: waf image and waf environment PARANOIA.`; without the values. */
export function differencesSentence(differences: readonly Pick<ArmDifference, 'service' | 'path'>[]): string {
  if (differences.length === 0) return 'Nothing differs: images, settings and files are the same.';
  const rest = differences.length - MOST_NAMES;
  const names = differences.slice(0, rest > 1 ? MOST_NAMES : undefined).map(placeOf);
  return `What differs: ${list(rest > 1 ? [...names, `${rest} more places`] : names)}.`;
}

/** `waf environment TAG` for `services.waf.environment.TAG`. */
function placeOf({ service, path }: Pick<ArmDifference, 'service' | 'path'>): string {
  const place = service === null ? path : path.slice(`services.${service}`.length).replace(/^\./, '');
  return [service, place.replace(/^(environment|image)\./, '$1 ')]
    .filter((part) => part !== null && part !== '')
    .join(' ');
}

const LONGEST = 80;

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'not stated';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
