import type { FuzzKind } from '../input.js';
import { corpora } from './corpora.js';
import { recordingsWithoutEvidence, resealedRecordings, sealedRecordings, unsealedRecordings } from './recordings.js';
import { scenarios } from './scenarios.js';
import { series } from './series.js';

/** Every kind, with its share of the inputs in twentieths. @param root the repository's folder */
export function fuzzKinds(root: string): readonly (readonly [kind: FuzzKind, share: number])[] {
  return [
    [sealedRecordings(), 3],
    [unsealedRecordings(), 4],
    [resealedRecordings(), 5],
    [recordingsWithoutEvidence(), 2],
    [series(), 4],
    [scenarios(root), 1],
    [corpora(), 1],
  ];
}
