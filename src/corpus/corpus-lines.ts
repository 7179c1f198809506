import { SlopegateError } from '../model/index.js';
import { splitAt } from '../requests/index.js';
import { decodeCorpusLine, type CorpusRequest } from '../traffic/recorded/corpus-request.js';
import { chunksOf } from './files.js';

/** The requests of a corpus file, one at a time. @throws SlopegateError TRAFFIC_INVALID with the place of a bad line */
export async function* corpusLines(file: string): AsyncGenerator<CorpusRequest> {
  try {
    for await (const { bytes, line, tooLong } of splitAt(chunksOf(file), Buffer.from('\n'))) {
      const location = `${file}:${line}`;
      if (tooLong) throw new SlopegateError('TRAFFIC_INVALID', `${location} is too long`, { location });
      if (bytes.length > 0) yield decodeCorpusLine(bytes.toString('utf8'), location);
    }
  } catch (error) {
    if (error instanceof SlopegateError) throw error;
    throw new SlopegateError('TRAFFIC_INVALID', `the corpus ${file} cannot be read`, {
      cause: error,
      location: file,
      hint: 'make it with "slopegate import"',
    });
  }
}

/** Whether a file begins with a line of a corpus; false also if it cannot be read. */
export async function isCorpusFile(file: string): Promise<boolean> {
  try {
    for await (const _ of corpusLines(file)) return true;
  } catch (error) {
    if (!(error instanceof SlopegateError)) throw error;
  }
  return false;
}
