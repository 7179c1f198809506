import { COMMENT, headerField, isNothing, type LineReader, type LogField } from './fields.js';

const COLUMNS: Readonly<Record<string, LogField>> = {
  date: 'date',
  time: 'time',
  'cs-method': 'method',
  'cs-uri-stem': 'target',
  'cs-uri-query': 'query',
  'cs-uri': 'target',
  'cs-host': 'host',
  'x-host-header': 'host',
  'cs-version': 'protocol',
  'cs-protocol-version': 'protocol',
  'c-ip': 'address',
};
/** The writer encodes characters in these columns. Targets are not changed. */
const ENCODED = /^header:/;

/**
 * The extended log format of the W3C, as IIS and CloudFront write it. A line `#Fields:` names the columns of the lines
 * after it. Other lines with # are comments.
 */
export function w3cReader(): LineReader {
  let columns: readonly (LogField | null)[] | null = null;
  let byTab = false;
  return (line) => {
    if (line.startsWith('#')) {
      const stated = /^#Fields:\s*(.*)$/.exec(line)?.[1];
      if (stated !== undefined) columns = stated.trim().split(/\s+/).map(columnOf);
      byTab = false;
      return COMMENT;
    }
    if (columns === null) return null;
    byTab ||= line.includes('\t');
    const values = line.split(byTab ? '\t' : ' ');
    if (values.length !== columns.length) return null;
    const fields = new Map<LogField, string>();
    for (const [i, column] of columns.entries()) {
      const value = values[i] ?? '';
      if (column !== null && !isNothing(value))
        fields.set(column, ENCODED.test(column) ? decoded(value, byTab) : value);
    }
    return fields;
  };
}

function columnOf(name: string): LogField | null {
  const header = /^cs\(([^)]+)\)$/.exec(name)?.[1];
  if (header === undefined) return Object.hasOwn(COLUMNS, name) ? (COLUMNS[name] as LogField) : null;
  return /^host$/i.test(header) ? 'host' : headerField(header);
}

/** IIS writes a space as `+`. CloudFront percent-encodes; its columns are separated by tabs. */
function decoded(value: string, percent: boolean): string {
  if (!percent) return value.replaceAll('+', ' ');
  return value.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
