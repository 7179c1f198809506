import { plain } from '../facts/index.js';
import { clip, table } from '../facts/text/columns.js';
import { isFound } from '../hunt/index.js';
import { ARMS, type HuntResult, type HuntRow, type KeptOn } from '../model/index.js';
import { gibibyteWords, huntSentence, keptOnTitle, unseenWords, weightWords } from '../words/hunt.js';
import { duration, significant } from '../words/numbers.js';

const ORDER: readonly KeptOn[] = ['candidate', 'more', 'both', 'baseline', 'unknown'];
const SHAPE_WIDTH = 34;

/** A hunt for the terminal: what is kept where, then the findings. Shapes that nobody keeps are only counted. */
export function describeHunt(result: HuntResult, all: boolean): string {
  const { labels, rows, rate, findings, seconds } = result;
  const requests = rows.reduce((sum, { weights }) => sum + ARMS.reduce((of, arm) => of + weights[arm].requests, 0), 0);
  const kinds = all ? [...ORDER, 'neither' as const] : ORDER;
  const parts = kinds.flatMap((keptOn) => part(keptOn, rows, rate));
  const clean = rows.filter(({ keptOn }) => keptOn === 'neither').length;
  return [
    huntSentence(result),
    unseenWords(result),
    `baseline: ${plain(labels.baseline)}; candidate: ${plain(labels.candidate)}`,
    `${requests} requests were weighed in ${duration(seconds)}.`,
    ...parts,
    all ? '' : `\n${keptOnTitle('neither')}: ${clean} (--all lists them)`,
    ...findings.map(({ shape, request, bytes, per, trials, alike, scenario }, index) =>
      [
        `\nFinding ${index + 1}: the smallest request like "${shape}" ` +
          `(${significant(bytes)} B per ${per}; ${trials} tried)`,
        ...request.split('\n').map((line) => `    ${plain(line)}`),
        ...(alike.length === 0 ? [] : [`  The same number of bytes: ${alike.join('; ')}`]),
        scenario === null
          ? '  No scenario was written, because traffic.phases excludes recorded requests.'
          : `  To judge it: slopegate run ${scenario} (in the folder below)`,
      ].join('\n'),
    ),
    ...visitsAlone(result).map(
      (shape) => `\nVisits of "${plain(shape)}": no single request is named, only the whole visit.`,
    ),
  ]
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n');
}

/** Journeys that the candidate keeps memory of, if no finding has a request of theirs. */
function visitsAlone({ rows, findings }: HuntResult): readonly string[] {
  const named = new Set(findings.flatMap(({ shape, alike }) => [shape, ...alike]));
  return rows
    .filter((row) => row.source === 'journey' && isFound(row) && !named.has(row.shape))
    .map(({ shape }) => shape);
}

function part(keptOn: KeptOn, rows: readonly HuntRow[], rate: number): string[] {
  const some = rows
    .filter((row) => row.keptOn === keptOn)
    .toSorted((a, b) => b.weights.candidate.bytes - a.weights.candidate.bytes);
  if (some.length === 0) return [];
  const head = ['shape', 'request', 'status', 'baseline', 'candidate', `1 GiB at ${significant(rate)}/s`];
  const cells = some.map((row) => [
    clip(plain(row.shape), SHAPE_WIDTH),
    clip(plain(`${row.method} ${row.contentType ?? row.target}`), SHAPE_WIDTH),
    row.weights.candidate.statuses.join(' '),
    weightWords(row.weights.baseline),
    weightWords(row.weights.candidate),
    gibibyteWords(row),
  ]);
  return [`\n${keptOnTitle(keptOn)} (${some.length})`, ...table([head, ...cells]).map((line) => `  ${line.trimEnd()}`)];
}
