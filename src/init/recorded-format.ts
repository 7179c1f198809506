import { recognised } from '../corpus/index.js';
import { SlopegateError, type ImportFormat } from '../model/index.js';

/**
 * The format of recorded traffic, recognised as `slopegate import` does.
 * @throws SlopegateError USAGE if no format fits the file, TRAFFIC_INVALID if there is no such file
 */
export async function recordedFormat(file: string): Promise<ImportFormat> {
  const format = await recognised([file]);
  if (format !== null) return format;
  throw new SlopegateError('USAGE', `${file}: slopegate does not know this kind of recording`, {
    hint: 'docs/traffic.md lists the formats; "slopegate import FORMAT FILE" says what is wrong with a file',
  });
}
