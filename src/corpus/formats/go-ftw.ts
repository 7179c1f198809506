import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { toByteString } from '../../traffic/bytes.js';
import { problem, request, shaped, type Entry, type Format } from '../entry.js';
import { withLength } from '../raw-request.js';
import { wholeOf } from '../records.js';
import { textOf } from '../text.js';
import { escapeTarget } from '../url.js';
import { rawEntry } from './raw-http.js';

interface Input {
  readonly method?: unknown;
  readonly uri?: string;
  readonly version?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly encoded_request?: string;
  readonly autocomplete_headers?: boolean;
  readonly stop_magic?: boolean;
}

interface Output {
  readonly status?: number | readonly number[];
  readonly log_contains?: string;
  readonly log?: { readonly expect_ids?: readonly number[]; readonly match_regex?: string };
}

/** The parser holds many times a file's size. */
const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * Tests of the OWASP Core Rule Set in go-ftw's YAML: each stage is a request; what it expects of the log is its label.
 */
export const goFtw: Format = async function* (source) {
  const { bytes, tooLong } = await wholeOf(textOf(source.chunks), LARGEST_FILE);
  if (tooLong) {
    yield problem(1, 'The file is too long for a file of tests');
    return;
  }
  const counter = new LineCounter();
  const document = parseDocument(bytes.toString('utf8'), { lineCounter: counter });
  for (const error of document.errors)
    yield problem(error.linePos?.[0].line ?? 1, `Not valid YAML: ${error.message.split('\n')[0]}`);
  const tests = document.errors.length === 0 ? document.get('tests') : null;
  if (!isSeq(tests)) {
    if (document.errors.length === 0) yield problem(1, 'The file has no list of tests');
    return;
  }
  for (const test of tests.items) {
    const stages = isMap(test) ? test.get('stages') : null;
    if (!isSeq(stages)) continue;
    for (const stage of stages.items) {
      if (!isMap(stage)) continue;
      const { line } = counter.linePos(stage.range?.[0] ?? 0);
      yield shaped(line, 'The stage is none of a go-ftw test', () => read(stage, line));
    }
  }
};

function read(stage: YAMLMap, line: number): Entry {
  const plain = stage.toJSON() as { input?: Input; output?: Output; stage?: { input?: Input; output?: Output } };
  const { input, output } = plain.stage ?? plain;
  if (input === undefined) return problem(line, 'The stage has no input');
  const label = labelOf(output ?? {});
  if (input.encoded_request !== undefined)
    return rawEntry(Buffer.from(input.encoded_request, 'base64'), line, true, label, null);
  const headers = Object.entries(input.headers ?? {}).map(
    ([name, value]) => [name, toByteString(String(value))] as const,
  );
  const body =
    input.data === undefined || input.data === null || input.data === ''
      ? null
      : Buffer.from(typeof input.data === 'string' ? input.data : JSON.stringify(input.data), 'utf8');
  const method = input.method ?? 'GET';
  if (typeof method !== 'string') return problem(line, 'The method is no text');
  const version = input.version === 'HTTP/1.0' ? { behaviour: { version: '1.0' as const } } : {};
  const asWritten = input.autocomplete_headers === false || input.stop_magic === true;
  return request(
    line,
    {
      method,
      target: escapeTarget(input.uri ?? '/'),
      headers: asWritten ? headers : withLength(headers, body, method),
      body,
      ...version,
    },
    label,
  );
}

/** A test that wants a rule to fire, or the request to be refused, is an attack; one that wants silence is not. */
function labelOf({ status, log, log_contains: contains }: Output): string {
  const refused = [status ?? []].flat().some((code) => code === 403);
  return refused || contains !== undefined || log?.match_regex !== undefined || (log?.expect_ids?.length ?? 0) > 0
    ? 'attack'
    : 'benign';
}
