import type { CorpusSource, ImportSource } from '../../model/index.js';
import type { CorpusRequest } from './corpus-request.js';

/** Requests of a recorded source that are used together, and their name if they vary. */
export interface CorpusPart {
  readonly label: string;
  readonly weight: number;
  readonly corpus: readonly CorpusRequest[];
}

/**
 * A source in parts that may vary separately: one for each recorded label if its order is shuffled, in the recorded
 * shares. In its recorded order a source is one part, because varying its labels would change that order.
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
