import type { FuzzKind } from '../input.js';
import { corpora } from './corpora.js';
import { recordingsWithoutEvidence, resealedRecordings, sealedRecordings, unsealedRecordings } from './recordings.js';
import { scenarios } from './scenarios.js';
import { series } from './series.js';

/**
 * Every kind, with its share of the inputs in hundredths. Scenarios and corpora go through the whole command line, and
 * one of them takes the time of ten others. @param root the repository's folder
 */
export function fuzzKinds(root: string): readonly (readonly [kind: FuzzKind, share: number])[] {
  return [
    [sealedRecordings(), 14],
    [unsealedRecordings(), 22],
    [resealedRecordings(), 30],
    [recordingsWithoutEvidence(), 12],
    [series(), 20],
    [scenarios(root), 1],
    [corpora(), 1],
  ];
}
