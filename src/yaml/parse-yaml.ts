import { LineCounter, parseDocument, type Document, type CollectionTag, type Node, type ScalarTag } from 'yaml';
import type { ErrorCode, InputFault, Place } from '../model/index.js';
import { plainValue, type Entry, type PlainValue } from './plain-value.js';
import { syntaxWords } from './syntax-words.js';

/** A YAML text as a plain value that can tell where each part of it stands. */
export interface YamlSource {
  readonly value: unknown;
  /** Faults in the writing. The value is whole where there is none. */
  readonly faults: readonly InputFault[];
  /** Where the value at `path` stands, or the nearest parent that exists; the key itself with `key`. */
  readonly place: (path: readonly PropertyKey[], key?: PropertyKey) => Place;
  /** A value without quotes that YAML takes for a number, a truth value or nothing, as it was written: `1.10`. */
  readonly written: (path: readonly PropertyKey[]) => string | null;
  /** The tag of the value at `path`, one of those that were allowed; null if it has none. */
  readonly tag: (path: readonly PropertyKey[]) => string | null;
}

const BOM = '\uFEFF';

/** Reads a YAML text; never throws. Faults carry `code`. Tags such as `!name` are faults, except the `allowed` ones. */
export function parseYaml(given: string, file: string, code: ErrorCode, allowed: readonly string[] = []): YamlSource {
  const text = given.startsWith(BOM) ? given.slice(BOM.length) : given;
  const lines = new LineCounter();
  const at = (offset: number): Place => placeAt(text, file, lines, offset);
  const fault = (offset: number, message: string, hint: string): InputFault => ({
    code,
    severity: 'error',
    message: `not valid YAML: ${message}`,
    hint,
    place: at(offset),
  });
  const unreadable = (...faults: readonly InputFault[]): YamlSource => ({
    value: null,
    faults,
    place: () => at(0),
    written: () => null,
    tag: () => null,
  });
  try {
    const customTags = allowed.flatMap(tagOfAnyKind);
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, customTags });
    const [first, ...others] = [...document.errors, ...document.warnings];
    if (first !== undefined) {
      // What comes after a first fault is mostly its consequence; a tab is a fault wherever it stands.
      const told = [first, ...others.filter((other) => other.code === 'TAB_AS_INDENT')];
      return unreadable(
        ...told.map((one) => {
          const { message, hint } = syntaxWords(one.code);
          return fault(one.pos[0], message, hint);
        }),
      );
    }
    const plain = plainValue(document, (node) => lines.linePos(startOf(node)).line);
    return {
      value: plain.value,
      faults: plain.faults.map(({ node, message, hint }) => fault(startOf(node), message, hint)),
      place: (path, key) => at(offsetOf(document, plain, path, key)),
      written: (path) => entryAt(plain, path)?.written ?? null,
      tag: (path) => {
        const tag = entryAt(plain, path)?.node?.tag ?? '';
        return allowed.includes(tag) ? tag : null;
      },
    };
  } catch (error) {
    // The parser goes down one call for each bracket.
    if (!(error instanceof RangeError)) throw error;
    const { message, hint } = syntaxWords('RESOURCE_EXHAUSTION');
    return unreadable(fault(0, message, hint));
  }
}

/** The same YAML source with faults of its own. */
export const withFaults = (source: YamlSource, faults: readonly InputFault[]): YamlSource => ({
  ...source,
  faults: [...source.faults, ...faults],
});

function placeAt(text: string, file: string, lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  const start = lines.lineStarts[line - 1] ?? 0;
  const end = text.indexOf('\n', start);
  const whole = end === -1 ? text.slice(start) : text.slice(start, end);
  return { file, line: Math.max(1, line), column: Math.max(1, col), text: whole.replace(/\r$/, '') };
}

/** A tag changes nothing about the value that it stands before. */
const tagOfAnyKind = (tag: string): (ScalarTag | CollectionTag)[] => [
  { tag, resolve: (text: string) => text },
  { tag, collection: 'map', resolve: (map: unknown) => map },
  { tag, collection: 'seq', resolve: (list: unknown) => list },
];

const startOf = (node: Node | null): number => node?.range?.[0] ?? 0;

function entryAt(plain: PlainValue, path: readonly PropertyKey[]): Entry | undefined {
  let found: Entry | undefined;
  for (const step of path) {
    found = plain.entriesOf(found === undefined ? plain.value : found.value)?.get(step);
    if (found === undefined) return undefined;
  }
  return found;
}

function offsetOf(
  document: Document.Parsed,
  plain: PlainValue,
  path: readonly PropertyKey[],
  key: PropertyKey | undefined,
): number {
  if (key !== undefined) {
    const found = entryAt(plain, [...path, key]);
    if (found?.key) return startOf(found.key);
  }
  for (let length = path.length; length > 0; length -= 1) {
    const found = entryAt(plain, path.slice(0, length));
    if (found !== undefined) return startOf(found.node ?? found.key);
  }
  return startOf(document.contents);
}
