import { lines, LONGEST_LINE, problem, type Format, type FormatOptions } from '../../requests/index.js';
import { lineInside } from './envelope.js';
import { COMMENT, type Fields, type LineReader, type LogField } from './fields.js';
import { jsonReader } from './json.js';
import { anyReader, NAMED_FORMATS } from './named.js';
import { lineReader } from './notation.js';
import { requestOf } from './request.js';

/** Access logs. They hold few headers and mostly no bodies. */
export const accessLog: Format = async function* (source) {
  const read = readerOf(source.options);
  for await (const { text, line, tooLong } of lines(source.chunks, LONGEST_LINE)) {
    if (tooLong) {
      yield problem(line, 'too-long', 'The line is too long');
      continue;
    }
    if (text.trim() === '') continue;
    const fields = fieldsOf(read, text);
    if (fields === null) yield problem(line, 'log-format', 'The line does not fit the log format');
    else if (fields !== COMMENT) yield requestOf(fields, line);
  }
};

/** The fields of a line, or of the line inside it if a collector of logs has wrapped it. */
function fieldsOf(read: LineReader, text: string): Fields | null {
  const fields = read(text);
  if (fields === COMMENT || fields?.has('request') || fields?.has('target')) return fields;
  const inside = lineInside(text);
  return inside === null ? fields : (read(inside) ?? fields);
}

function readerOf({ logFormat, logFields }: FormatOptions): LineReader {
  if (logFields.size > 0) return jsonReader(logFields as ReadonlyMap<LogField, string>);
  if (logFormat === null) return anyReader();
  const named = Object.hasOwn(NAMED_FORMATS, logFormat) ? NAMED_FORMATS[logFormat] : undefined;
  return named === undefined ? lineReader(logFormat) : named();
}
