import type { ArmDifference, DifferenceKind } from '../model/index.js';

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
export function describeDifference({ service, path, kind, baseline, candidate }: ArmDifference): string {
  const place = service === null ? path : path.slice(`services.${service}`.length).replace(/^\./, '');
  const name = [service, place].filter((part) => part !== null && part !== '').join(' ');
  if (kind === 'service') return baseline === null ? `${name}: only in the candidate` : `${name}: only in the baseline`;
  return `${name}: ${valueText(baseline)} → ${valueText(candidate)}`;
}

const LONGEST = 80;

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'not stated';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
