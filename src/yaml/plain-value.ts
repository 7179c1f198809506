import { isAlias, isMap, isScalar, isSeq, Scalar, type Document, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import type { FaultKind } from '../model/index.js';
import { nearest } from '../words/nearest.js';

/** Aliases count as the values they refer to. Otherwise a file of ten lines could contain a billion values. */
const MOST_VALUES = 500_000;

/** Something that the YAML library accepts but that is a fault. */
interface ValueFault {
  readonly node: Node | null;
  readonly kind: Extract<FaultKind, 'not-yaml' | 'too-many-values'>;
  readonly message: string;
  readonly hint: string;
}

/** One entry of a map or a list: where its key and its value were written, and the plain value. */
export interface Entry {
  readonly key: Node | null;
  readonly node: Node | null;
  readonly value: unknown;
  /** The original text of a value without quotes that YAML reads as a number, a boolean or null: `1.10`. */
  readonly written: string | null;
}
type Entries = ReadonlyMap<PropertyKey, Entry>;

export interface PlainValue {
  readonly value: unknown;
  /** The entries of a map or a list within the value. */
  readonly entriesOf: (value: unknown) => Entries | undefined;
  readonly faults: readonly ValueFault[];
}

interface Sized {
  readonly value: unknown;
  /** The number of values: itself and all values in it. */
  readonly size: number;
  readonly written: string | null;
}

const NOTHING: Sized = { value: null, size: 1, written: '' };

interface Reading {
  readonly lineOf: (node: Node | null) => number;
  readonly faults: ValueFault[];
  readonly entries: WeakMap<object, Map<PropertyKey, Entry>>;
  /** Nodes by the names of their anchors. A name may be used again later in the text. */
  readonly anchors: Map<string, Node>;
  /** True when the value has become too large. */
  tooLarge: boolean;
  /** Values of the nodes that have been read completely. An alias shares the value of its node. */
  readonly known: Map<Node, Sized>;
}

/**
 * The plain value of a YAML document, as Compose reads it: aliases and merge keys (`<<`) are filled in, and keys stay
 * as they were written. Every map and list knows the places of its entries.
 */
export function plainValue(document: Document.Parsed, lineOf: (node: Node | null) => number): PlainValue {
  const reading: Reading = {
    lineOf,
    faults: [],
    entries: new WeakMap(),
    anchors: new Map(),
    known: new Map(),
    tooLarge: false,
  };
  const { value } = readNode(reading, document.contents);
  return {
    value: reading.tooLarge ? null : value,
    faults: reading.faults,
    entriesOf: (one) => (typeof one === 'object' && one !== null ? reading.entries.get(one) : undefined),
  };
}

function wrong(
  reading: Reading,
  node: Node | null,
  message: string,
  hint: string,
  kind: ValueFault['kind'] = 'not-yaml',
): Sized {
  reading.faults.push({ node, kind, message, hint });
  return NOTHING;
}

function readNode(reading: Reading, node: unknown): Sized {
  if (isAlias(node)) return readAlias(reading, node, node.source);
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return NOTHING;
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, node);
  const sized = isScalar(node)
    ? { value: node.value, size: 1, written: typeof node.value === 'string' ? null : (node.source ?? '') }
    : bounded(reading, node, isMap(node) ? readMap(reading, node) : readList(reading, node));
  reading.known.set(node, sized);
  return sized;
}

function readAlias(reading: Reading, node: Node, name: string): Sized {
  const target = reading.anchors.get(name);
  if (target === undefined) {
    const meant = nearest(name, [...reading.anchors.keys()]);
    return wrong(
      reading,
      node,
      `*${name} needs an anchor &${name} before it`,
      meant === null
        ? `write &${name} before the value to reuse, or put the text in quotes`
        : `did you mean *${meant}?`,
    );
  }
  return (
    reading.known.get(target) ??
    wrong(reading, node, `*${name} is inside the value of &${name} itself`, 'a value cannot contain itself')
  );
}

function bounded(reading: Reading, node: Node, sized: Sized): Sized {
  if (sized.size <= MOST_VALUES) return sized;
  reading.tooLarge = true;
  return wrong(
    reading,
    node,
    `this has more than ${MOST_VALUES.toLocaleString('en')} values, with all values of its aliases`,
    'write fewer values, and use fewer aliases of aliases',
    'too-many-values',
  );
}

function readList(reading: Reading, { items }: YAMLSeq): Sized {
  const entries = new Map<PropertyKey, Entry>();
  let size = 1;
  for (const [index, item] of items.entries()) {
    const one = readNode(reading, item);
    size += one.size;
    entries.set(index, { key: null, node: item as Node | null, value: one.value, written: one.written });
  }
  const value = [...entries.values()].map((entry) => entry.value);
  reading.entries.set(value, entries);
  return { value, size, written: null };
}

function readMap(reading: Reading, { items }: YAMLMap): Sized {
  const own = new Map<PropertyKey, Entry>();
  const merged = new Map<PropertyKey, Entry>();
  let size = 1;
  for (const pair of items) {
    const key = pair.key as Node | null;
    const node = pair.value as Node | null;
    const one = readNode(reading, node);
    size += one.size;
    if (isMergeKey(key)) mergeInto(reading, merged, one.value, node);
    else addKey(reading, own, { key, node, value: one.value, written: one.written });
  }
  const entries = new Map([...merged, ...own]);
  // Without a prototype, so that keys such as __proto__ are ordinary ones.
  const value = Object.create(null) as Record<PropertyKey, unknown>;
  for (const [name, entry] of entries) value[name] = entry.value;
  reading.entries.set(value, entries);
  return { value, size, written: null };
}

function addKey(reading: Reading, own: Map<PropertyKey, Entry>, entry: Entry): void {
  const { key, node } = entry;
  const name = keyText(isAlias(key) ? reading.anchors.get(key.source) : key);
  if (name === null) {
    wrong(reading, key ?? node, 'a key must be a text', 'put it in quotes, for example "{id}": 1');
    return;
  }
  const before = own.get(name);
  if (before === undefined) own.set(name, entry);
  else
    wrong(
      reading,
      key,
      `the key "${name}" is given twice, on lines ${reading.lineOf(before.key)} and ${reading.lineOf(key)}`,
      'keep one of the two',
    );
}

/** If several maps are merged, the first one has priority. */
function mergeInto(reading: Reading, merged: Map<PropertyKey, Entry>, given: unknown, node: Node | null): void {
  for (const one of isSeqValue(given) ? given : [given]) {
    const entries = typeof one === 'object' && one !== null && !isSeqValue(one) ? reading.entries.get(one) : undefined;
    if (entries === undefined) {
      wrong(reading, node, '<< needs another map', 'write <<: *name, with &name before that map');
      continue;
    }
    for (const [name, entry] of entries) if (!merged.has(name)) merged.set(name, entry);
  }
}

const isSeqValue = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isMergeKey = (key: unknown): boolean => isScalar(key) && key.type === Scalar.PLAIN && key.value === '<<';

/** A key as it was written: `1.10:` is "1.10". */
function keyText(key: unknown): string | null {
  if (!isScalar(key) || key.value === null) return null;
  return typeof key.value === 'string' ? key.value : (key.source ?? null);
}
