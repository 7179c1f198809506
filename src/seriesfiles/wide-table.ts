import {
  bytesIn,
  layoutOf,
  memoryRank,
  rowTimes,
  wordsOf,
  type ReadOptions,
  type Table,
  type TableColumn,
} from '../series/index.js';
import { NAMELESS, type LabelledSeries } from './labelled.js';

const SELECTOR = /^([A-Za-z_:][\w:]*)?\s*\{(.*)\}$/;
const LABEL = /([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"/g;
const NO_MEMORY = new Set(['net', 'network', 'io', 'block', 'disk', 'limit', 'total', 'free', 'cache', 'rx', 'tx']);

/**
 * The series of a table with one column per series. Grafana writes such CSV files, with `{…}` or a legend as the
 * header. Columns with a legend are used if no column is named after memory and every cell has a unit of memory. Null
 * for any other table: if a column names the services, and if the columns have no names (`5m` of `kubectl top` is
 * processor time).
 */
export function wideSeries(table: Table, options: ReadOptions): LabelledSeries[] | null {
  const numeric = table.columns.filter(
    ({ counts }) => counts.text === 0 && counts.instant === 0 && counts.number + counts.withUnit > 0,
  );
  const selected = numeric.filter(({ name }) => SELECTOR.test(name));
  const legend =
    table.numbered || numeric.some(({ name }) => memoryRank(name) !== null) || options.metric !== undefined
      ? []
      : numeric.filter(isInBytes);
  const chosen = selected.length > 0 ? selected : legend;
  if (chosen.length === 0) return null;
  const layout = layoutOf(table, options);
  if (layout.time === null || (selected.length === 0 && layout.services.length > 0)) return null;
  const { seconds } = rowTimes(table, layout, options);
  const order = Array.from(seconds, (_, row) => row).sort((a, b) => (seconds[a] as number) - (seconds[b] as number));
  return [...chosen, ...(selected.length > 0 || layout.requests === null ? [] : [layout.requests])].map((column) => {
    const known = order.filter((row) => Number.isFinite(column.numbers.at(row)));
    return {
      ...named(column, column === layout.requests),
      times: known.map((row) => seconds[row] as number),
      values: known.map((row) => column.numbers.at(row) as number),
    };
  });
}

function isInBytes({ name, counts, cellUnits }: TableColumn): boolean {
  return (
    counts.withUnit > 0 &&
    counts.number === 0 &&
    [...cellUnits].every((unit) => bytesIn(unit) !== null) &&
    !wordsOf(name).some((word) => NO_MEMORY.has(word))
  );
}

function named({ name }: TableColumn, asItIs: boolean): Pick<LabelledSeries, 'name' | 'labels'> {
  const [, metric, inside = ''] = SELECTOR.exec(name) ?? [];
  if (asItIs) return { name, labels: {} };
  if (metric === undefined && inside === '') return { name: 'memory_bytes', labels: { series: name } };
  const labels = Object.fromEntries([...inside.matchAll(LABEL)].map(([, label = '', value = '']) => [label, value]));
  return { name: metric ?? labels['__name__'] ?? NAMELESS, labels };
}
