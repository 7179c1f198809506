import { clip, plain, table } from '../facts/index.js';
import type { NarrowPart, NarrowResult } from '../results/index.js';
import {
  answerWords,
  causeGrowthWords,
  companionWords,
  kindWords,
  narrowSentence,
  partsWords,
  shapeWords,
} from '../words/narrow.js';
import { duration } from '../words/numbers.js';

const NAME_WIDTH = 60;
const MIXTURE_WIDTH = 80;

/** A search for the terminal: the answer, the causes, what had to go with them; on request every mixture. */
export function describeNarrow(result: NarrowResult, all: boolean): string {
  const { causes, parts, mixtures, shapes, labels, service, seconds } = result;
  return [
    plain(narrowSentence(result)),
    `baseline: ${plain(labels.baseline)}; candidate: ${plain(labels.candidate)}; service: ${plain(service)}`,
    ...shapes.map((shape) => plain(shapeWords(shape))),
    `Differences: ${partsWords(parts)}. Mixtures started and weighed: ${mixtures.length}, in ${duration(seconds)}.`,
    ...(causes.length === 0 ? [] : ['', ...causeLines(result)]),
    ...causes.flatMap(companionWords).map(plain),
    ...(all ? ['', ...mixtureLines(result)] : []),
  ]
    .join('\n')
    .concat('\n');
}

function causeLines({ causes, parts, shapes }: NarrowResult): readonly string[] {
  const known = new Map(parts.map((part) => [part.name, part]));
  const rows = causes.flatMap((cause) =>
    cause.parts.map((name, i) => [...partCells(name, known.get(name)), i === 0 ? causeGrowthWords(cause, shapes) : '']),
  );
  return table([['part', 'kind', 'baseline', 'candidate', 'keeps'], ...rows]).map((line) => `  ${line.trimEnd()}`);
}

function partCells(name: string, part: NarrowPart | undefined): readonly string[] {
  const kind = part === undefined ? '' : kindWords(part.kind);
  return [clip(plain(name), NAME_WIDTH), kind, plain(part?.baseline ?? ''), plain(part?.candidate ?? '')];
}

function mixtureLines({ mixtures, parts }: NarrowResult): readonly string[] {
  const rows = mixtures.map(({ parts: from, answer, failure }) => [
    answerWords(answer),
    clip(plain(failure?.code ?? from.join(' ')), MIXTURE_WIDTH),
    `${from.length} of ${parts.length}`,
  ]);
  return table([['mixture', 'parts from the baseline', 'number'], ...rows]).map((line) => `  ${line.trimEnd()}`);
}
