import { isCollection, isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { SlopegateError } from '../model/index.js';

/** A parsed YAML text that can tell where each value stands. */
export interface YamlSource {
  readonly value: unknown;
  /** `file:line:column` of the value at `path`, or of the nearest parent that exists; of the key itself with `key`. */
  locate(path: readonly PropertyKey[], key?: PropertyKey): string;
}

/** @throws SlopegateError SCENARIO_SYNTAX with the place of the first YAML error */
export function parseYaml(text: string, file: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error) {
    throw new SlopegateError('SCENARIO_SYNTAX', `not valid YAML: ${error.message}`, {
      location: place(error.pos[0]),
      hint: 'check the indentation and quote texts that begin with {, [, & or *',
    });
  }
  return { value: document.toJS() as unknown, locate: (path, key) => place(offsetOf(document, path, key)) };
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], key?: PropertyKey): number {
  let node: unknown = document.contents;
  for (const [depth, step] of path.entries()) {
    const next: unknown = isCollection(node) ? node.get(step, true) : undefined;
    if (next === undefined) return startOf(document, path.slice(0, depth));
    node = next;
  }
  if (key !== undefined && isMap(node)) {
    const pair = node.items.find(({ key: found }) => isScalar(found) && found.value === key);
    if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
  }
  return startOf(document, path);
}

function startOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return (isScalar(node) || isCollection(node) ? node.range?.[0] : undefined) ?? 0;
}
