import type { HuntRow, TraceRequest } from '../model/index.js';
import { encodeCorpusLine } from '../traffic/index.js';

/** The request as it is sent, for people: unusual bytes as dots, long bodies cut. */
export function requestText({ method, target, headers, body, behaviour }: TraceRequest): string {
  const head = [`${method} ${target} HTTP/${behaviour?.version ?? '1.1'}`, ...headers.map((pair) => pair.join(': '))];
  const bytes = Buffer.from(body ?? []);
  const text = bytes
    .subarray(0, LONGEST_BODY)
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e\n]/g, '.');
  const rest = bytes.length > LONGEST_BODY ? `\n… ${bytes.length - LONGEST_BODY} more bytes` : '';
  const how = behaviour === undefined ? '' : `\n# sent in this way: ${JSON.stringify(behaviour)}`;
  return `${head.join('\n')}${body === null ? '' : `\n\n${text}${rest}`}${how}`;
}
const LONGEST_BODY = 600;

/** One line of a corpus that sends the request exactly. */
export function corpusText({ label, method, target, headers, body, raw, behaviour }: TraceRequest): string {
  return encodeCorpusLine({
    label,
    source: 'slopegate hunt',
    at: null,
    method,
    target,
    headers,
    body,
    ...(raw && { raw }),
    ...(behaviour && { behaviour }),
  });
}

export interface FoundScenario {
  /** Name of the scenario that was hunted in. */
  readonly scenario: string;
  /** Its path, relative to the new file. */
  readonly path: string;
  readonly corpus: string;
  readonly number: number;
  readonly row: HuntRow;
}

/** A scenario that sends nothing but the request of a finding. JSON strings are YAML strings. */
export function scenarioText({ scenario, path, corpus, number, row }: FoundScenario): string {
  const { bytes, per } = row.weights.candidate;
  return [
    '# Written by "slopegate hunt": the smallest request that the candidate still keeps memory of.',
    'slopegate: 1',
    `extends: ${JSON.stringify(path)}`,
    `name: ${scenario}-found-${number}`,
    `description: ${JSON.stringify(`${row.shape}: ${Math.round(bytes)} bytes for each ${per} stay on the live heap.`)}`,
    'expect: fail',
    'traffic:',
    '  mix: []',
    '  journeys: []',
    `  sources: [{ corpus: ${JSON.stringify(corpus)} }]`,
    '  schedule: bursts',
    '',
  ].join('\n');
}
