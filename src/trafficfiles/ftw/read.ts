import { basename } from 'node:path';
import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap, type Document } from 'yaml';
import {
  problem,
  entryOrProblem,
  textOf,
  wholeOf,
  type Entry,
  type Format,
  type FormatOptions,
} from '../../requests/index.js';
import { unknownKey } from './keys.js';
import { labelOf } from './label.js';
import { requestOf } from './request.js';
import type { Stage } from './stage.js';

/** The parser needs many times the size of a file. */
const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * Tests of the OWASP Core Rule Set in go-ftw's YAML. Each stage is the request that go-ftw sends for it, and its label
 * is what it expects. Scalars are the text as it is written, as in go-ftw: `1.0` and `0123` are not numbers.
 */
export const goFtw: Format = async function* (source) {
  const { bytes, tooLong } = await wholeOf(textOf(source.chunks), LARGEST_FILE);
  if (tooLong) {
    yield problem(1, 'too-long', 'The file is too long for a file of tests');
    return;
  }
  const counter = new LineCounter();
  const document = parseDocument(bytes.toString('utf8'), {
    lineCounter: counter,
    schema: 'failsafe',
    customTags: ['null', 'binary', 'merge'],
  });
  for (const error of document.errors)
    yield problem(
      error.linePos?.[0].line ?? 1,
      'malformed',
      `The file is not valid YAML: ${error.message.split('\n')[0]}`,
    );
  if (document.errors.length > 0) return;
  const tests = document.get('tests');
  if (!isSeq(tests)) {
    yield problem(1, 'malformed', 'The file has no list of tests');
    return;
  }
  const lineOf = (node: unknown): number =>
    counter.linePos((node as { range?: readonly [number] } | null)?.range?.[0] ?? 0).line;
  const rule = ruleOf(document.get('rule_id'), source.file);
  for (const test of tests.items) yield* readTest(test, rule, lineOf, source.options, document);
};

function* readTest(
  test: unknown,
  rule: string | null,
  lineOf: (node: unknown) => number,
  options: FormatOptions,
  document: Document,
): Generator<Entry> {
  if (!isMap(test)) {
    yield problem(lineOf(test), 'malformed', 'The test is not a map');
    return;
  }
  const stages = test.get('stages');
  if (test.has('payload') && stages === undefined) {
    yield problem(lineOf(test), 'template', 'The test has a "payload" for a template; go-ftw does not send it either');
    return;
  }
  if (!isSeq(stages)) {
    yield problem(lineOf(test), 'malformed', 'The test has no list of stages');
    return;
  }
  for (const stage of stages.items) {
    const line = lineOf(stage);
    if (isMap(stage))
      yield entryOrProblem(line, 'The stage does not have the form of a go-ftw test', () =>
        read(stage, line, rule, options, document),
      );
    else yield problem(line, 'malformed', 'The stage is not a map');
  }
}

function read(node: YAMLMap, line: number, rule: string | null, options: FormatOptions, document: Document): Entry {
  const outer = valueOf(node, document);
  const stage = outer.stage ?? outer;
  if (stage.input === undefined || stage.input === null) return problem(line, 'no-request', 'The stage has no input');
  const unknown = unknownKey(stage);
  if (unknown !== null)
    return problem(
      line,
      'unknown-key',
      `The ${unknown.part} has the key "${unknown.key}", which this import does not know`,
    );
  return requestOf(stage.input, line, labelOf(stage.output ?? {}, rule, options));
}

/** The value of a stage. Its anchors may be anywhere in the file. @throws TypeError if << does not name a map */
function valueOf(node: YAMLMap, document: Document): Stage & { readonly stage?: Stage } {
  try {
    return node.toJS(document) as Stage & { readonly stage?: Stage };
  } catch (cause) {
    throw new TypeError('an alias or << of the stage cannot be resolved', { cause });
  }
}

/** The rule of a file: stated in it or part of its name, as go-ftw does it. */
function ruleOf(stated: unknown, file: string): string | null {
  const text = typeof stated === 'string' ? stated : '';
  return /^\d+$/.test(text) ? text : (/\d+/.exec(basename(file))?.[0] ?? null);
}
