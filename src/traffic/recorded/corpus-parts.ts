import type { CorpusSource, ImportSource } from '../../model/index.js';
import type { CorpusRequest } from './corpus-request.js';

/** Requests of a recorded source that are dealt together, and what they are called where they vary. */
export interface CorpusPart {
  readonly label: string;
  readonly weight: number;
  readonly corpus: readonly CorpusRequest[];
}

/**
 * A source in parts that may vary by themselves: one for each recorded label where its order is shuffled anyway, in the
 * shares recorded.
 * In its recorded order a source is one part: to vary its labels would be to change that order.
 */
export function corpusParts(
  { weight, label, order }: CorpusSource | ImportSource,
  corpus: readonly CorpusRequest[],
  number: number,
  vary: boolean,
): CorpusPart[] {
  const byLabel = new Map<string, CorpusRequest[]>();
  for (const request of corpus) {
    const alike = byLabel.get(request.label);
    if (alike === undefined) byLabel.set(request.label, [request]);
    else alike.push(request);
  }
  const [only] = byLabel.size === 1 ? byLabel.keys() : [];
  if (!vary || label !== null || order !== 'shuffled' || byLabel.size < 2)
    return [{ label: label ?? only ?? `source ${number + 1}`, weight, corpus }];
  return [...byLabel].map(([name, requests]) => ({
    label: name,
    weight: (weight * requests.length) / corpus.length,
    corpus: requests,
  }));
}
