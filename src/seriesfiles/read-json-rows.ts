import { seriesError, Table, type Decimal } from '../series/index.js';
import { flatten } from './flatten.js';

/** A list of readings in a document, and the name of its service. */
interface Rows {
  readonly owner: string;
  readonly rows: readonly object[];
}

const DEEPEST = 6;

/**
 * Reads a JSON document with lists of readings: an array of objects, or cAdvisor's answer with a list for each
 * container.
 * @throws SlopegateError SERIES_INVALID if it holds none
 */
export function readJsonRows(document: unknown, file: string, decimal: Decimal): Table {
  const lists = listsIn(document, '', 0);
  const longest = Math.max(0, ...lists.map(({ rows }) => rows.length));
  const kept = lists.filter(({ rows }) => rows.length * 2 >= longest);
  if (kept.length === 0)
    throw seriesError(
      'this JSON has no list of readings',
      `${file}:1:1`,
      'expected an array of objects, one object a line, or the answer of /api/v1/query_range',
    );
  const table = new Table(file, 'JSON', decimal);
  for (const { owner, rows } of kept)
    for (const row of rows) {
      const cells = flatten(row);
      if (kept.length > 1 && !cells.has('container')) cells.set('container', owner);
      table.addRecord(cells, 1);
    }
  return table;
}

function listsIn(value: unknown, owner: string, depth: number): Rows[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  if (Array.isArray(value)) {
    const rows = value.filter(
      (item): item is object => typeof item === 'object' && item !== null && !Array.isArray(item),
    );
    if (rows.length < value.length || rows.length === 0) return [];
    const inner = rows.flatMap((row) => listsIn(row, nameOf(row) ?? owner, depth + 1));
    return inner.some((list) => list.rows.length > rows.length) ? inner : [{ owner, rows }];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    listsIn(inner, nameOf(value) ?? (key === 'stats' ? owner : key), depth + 1),
  );
}

/** cAdvisor gives a container several names (a list of aliases) and a path. */
function nameOf(value: object): string | null {
  const { aliases, name } = value as { aliases?: unknown; name?: unknown };
  if (Array.isArray(aliases) && typeof aliases[0] === 'string') return aliases[0];
  return typeof name === 'string' ? name : null;
}
