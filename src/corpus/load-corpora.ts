import { type Corpora, recordedSources } from '../traffic/recorded/corpora.js';
import { SlopegateError, type ImportSource, type TrafficSettings } from '../model/index.js';
import { decodeCorpusLine, type CorpusRequest } from '../traffic/recorded/corpus-request.js';
import { chunksOf } from './files.js';
import { importTraffic } from './import-traffic.js';
import { splitAt } from './records.js';

export interface LoadOptions {
  /** No more requests than this are read of a source: the length of the longest trace. */
  readonly most: number;
  readonly onWarning: (text: string) => void;
}

/**
 * Reads what a scenario's traffic needs from files. @throws SlopegateError TRAFFIC_INVALID with the place of what
 * cannot be used
 */
export async function loadCorpora(
  traffic: Pick<TrafficSettings, 'sources' | 'seed'>,
  options: LoadOptions,
): Promise<Corpora> {
  const corpora: (readonly CorpusRequest[])[] = [];
  for (const source of recordedSources(traffic)) {
    const found = source.kind === 'corpus' ? corpusLines(source.file) : imported(source, traffic.seed, options);
    const requests: CorpusRequest[] = [];
    for await (const request of found) {
      if (requests.length >= options.most) break;
      requests.push(request);
    }
    const name = source.kind === 'corpus' ? source.file : source.paths.join(', ');
    if (requests.length === 0)
      throw new SlopegateError('TRAFFIC_INVALID', `${name}: no request found`, {
        location: name,
        hint: 'see "slopegate import --help"',
      });
    corpora.push(requests);
  }
  return corpora;
}

async function* corpusLines(file: string): AsyncGenerator<CorpusRequest> {
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

async function* imported(
  source: ImportSource,
  seed: number,
  { onWarning }: LoadOptions,
): AsyncGenerator<CorpusRequest> {
  let skipped = 0;
  let first = '';
  yield* importTraffic({
    ...source,
    label: null,
    // The same in both arms and in every run: what is masked here is not kept anywhere.
    redactionSalt: source.keepSecrets ? null : `slopegate ${seed}`,
    onSkipped: (location, message) => {
      if (skipped++ === 0) first = `${location}: ${message}`;
    },
    onNote: onWarning,
  });
  if (skipped > 0) onWarning(`${skipped} malformed entries were skipped, the first at ${first}`);
}
