import { UNNAMED_SERVICE, type RecordedSeries } from './recorded-series.js';
import { serviceRank } from './table/roles.js';

/** Labels in the order in which they are best suited to name a service. */
export function labelsInOrder(parts: readonly RecordedSeries[]): string[] {
  const labels = [...new Set(parts.flatMap(({ labels: own }) => Object.keys(own ?? {})))];
  return labels.sort((a, b) => (serviceRank(a) ?? 1_000) - (serviceRank(b) ?? 1_000));
}

/**
 * Names for the services of one file: the first label that differs between all of them, otherwise all labels. `alone`
 * is the name of a single service; null leaves it without a name.
 */
export function nameParts(parts: readonly RecordedSeries[], alone: string | null = UNNAMED_SERVICE): RecordedSeries[] {
  if (parts.length === 1)
    return parts.map((part) => (alone === null ? part : { ...part, service: part.service ?? alone }));
  const label = labelsInOrder(parts).find(
    (name) =>
      new Set(parts.map(({ labels }) => labels?.[name])).size === parts.length &&
      parts.every(({ labels }) => labels?.[name]),
  );
  return parts.map((part) => ({
    ...part,
    service:
      (label === undefined ? Object.values(part.labels ?? {}).join(' ') : part.labels?.[label]) ?? UNNAMED_SERVICE,
  }));
}
