import { LineCounter, parseDocument, type Document, type CollectionTag, type Node, type ScalarTag } from 'yaml';
import type { ErrorCode, FaultKind, InputFault, Place } from '../model/index.js';
import { plainValue, type Entry, type PlainValue } from './plain-value.js';
import { syntaxWords } from './syntax-words.js';

/** A YAML text as a plain value, with the place of each of its parts. */
export interface YamlSource {
  readonly value: unknown;
  /** Faults in the YAML. If there are none, the value is complete. */
  readonly faults: readonly InputFault[];
  /** The place of the value at `path`, or of the nearest parent that exists; with `key`, the place of the key. */
  readonly place: (path: readonly PropertyKey[], key?: PropertyKey) => Place;
  /** The original text of a value without quotes that YAML reads as a number, a boolean or null: `1.10`. */
  readonly written: (path: readonly PropertyKey[]) => string | null;
  /** The tag of the value at `path`, one of those that were allowed; null if it has none. */
  readonly tag: (path: readonly PropertyKey[]) => string | null;
}

const BOM = '\uFEFF';

/**
 * Reads a YAML text; never throws. All faults have `code`. Tags such as `!name` are faults, except the `allowed` ones.
 */
export function parseYaml(given: string, file: string, code: ErrorCode, allowed: readonly string[] = []): YamlSource {
  const text = given.startsWith(BOM) ? given.slice(BOM.length) : given;
  const lines = new LineCounter();
  const at = (offset: number): Place => placeAt(text, file, lines, offset);
  const fault = (offset: number, message: string, hint: string, kind: FaultKind = 'not-yaml'): InputFault => ({
    code,
    kind,
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
      // Faults after the first one are mostly its consequences. A tab is a fault of its own everywhere.
      const reported = [first, ...others.filter((other) => other.code === 'TAB_AS_INDENT')];
      return unreadable(
        ...reported.map((one) => {
          const { message, hint } = syntaxWords(one.code);
          return fault(one.pos[0], message, hint);
        }),
      );
    }
    const plain = plainValue(document, (node) => lines.linePos(startOf(node)).line);
    return {
      value: plain.value,
      faults: plain.faults.map(({ node, kind, message, hint }) => fault(startOf(node), message, hint, kind)),
      place: (path, key) => at(offsetOf(document, plain, path, key)),
      written: (path) => entryAt(plain, path)?.written ?? null,
      tag: (path) => {
        const tag = entryAt(plain, path)?.node?.tag ?? '';
        return allowed.includes(tag) ? tag : null;
      },
    };
  } catch (error) {
    // The parser recurses once for each bracket.
    if (!(error instanceof RangeError)) throw error;
    const { message, hint } = syntaxWords('RESOURCE_EXHAUSTION');
    return unreadable(fault(0, message, hint));
  }
}

/** The same YAML source with additional faults. */
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

/** A tag does not change the value after it. */
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
