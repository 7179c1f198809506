import { randomBytes } from 'node:crypto';
import { type Corpora, recordedSources } from '../traffic/recorded/corpora.js';
import { SlopegateError, type ImportSource, type TrafficSettings } from '../model/index.js';
import type { CorpusRequest } from '../traffic/recorded/corpus-request.js';
import { checkExpectedLabels } from '../traffic/recorded/expected-labels.js';
import { corpusLines } from './corpus-lines.js';
import { readParanoiaLevels } from './paranoia-levels.js';
import { readChoices } from './read-choices.js';
import { importTraffic } from './import-traffic.js';
import { Tally } from './tally.js';

export interface LoadOptions {
  /** At most this many requests are read of a source: the length of the longest trace. */
  readonly most: number;
  readonly onWarning: (text: string) => void;
}

/**
 * Reads the files that a scenario's traffic needs.
 * @throws SlopegateError TRAFFIC_INVALID with the place of what cannot be used
 */
export async function loadCorpora(traffic: Pick<TrafficSettings, 'sources'>, options: LoadOptions): Promise<Corpora> {
  const corpora: (readonly CorpusRequest[])[] = [];
  for (const source of recordedSources(traffic)) {
    const found = source.kind === 'corpus' ? corpusLines(source.file) : imported(source, options);
    const requests: CorpusRequest[] = [];
    let whole = true;
    for await (const request of found) {
      whole = requests.length < options.most;
      if (!whole) break;
      requests.push(request);
    }
    const name = source.kind === 'corpus' ? source.file : source.paths.join(', ');
    if (requests.length === 0)
      throw new SlopegateError('TRAFFIC_INVALID', `${name}: no request found`, {
        location: name,
        hint: 'see "slopegate import --help"',
      });
    const labels = new Set(requests.map(({ label }) => label));
    checkExpectedLabels(source, { name, labels, whole, onWarning: options.onWarning });
    corpora.push(inTimeOrder(requests));
  }
  return corpora;
}

/** Sorted by time from the earliest, if all have one, because logs and recordings are not always written in order. */
function inTimeOrder(requests: readonly CorpusRequest[]): readonly CorpusRequest[] {
  const times = requests.flatMap(({ at }) => at ?? []);
  if (times.length < requests.length) return requests;
  const earliest = times.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  return requests
    .map((request, i) => ({ ...request, at: (times[i] as number) - earliest }))
    .sort((a, b) => a.at - b.at);
}

/** A run reports at most this many kinds of skipped or changed requests. `slopegate import` reports all. */
const MOST_TOLD = 5;

async function* imported(source: ImportSource, { onWarning }: LoadOptions): AsyncGenerator<CorpusRequest> {
  const tally = new Tally();
  try {
    yield* importTraffic({
      ...source,
      ...readChoices(source),
      label: null,
      levels: source.rules === undefined ? new Map() : await readParanoiaLevels(source.rules),
      except: [],
      // It is read once for both arms. Another run has other masks, so that nobody can guess a secret from a mask.
      redactionSalt: source.keepSecrets ? null : randomBytes(16).toString('hex'),
      onSkipped: (skipped) => tally.skip(skipped),
      onMasked: () => {},
      onNote: (note) => tally.note(note),
    });
  } finally {
    const { skipped, notes } = tally.result();
    for (const { count, meaning, first } of skipped.slice(0, MOST_TOLD))
      onWarning(`${count} recorded entries were skipped: ${meaning}; the first is ${first}`);
    for (const { count, meaning, first } of notes.slice(0, MOST_TOLD))
      onWarning(`${count} recorded requests: ${meaning}; the first is ${first}`);
  }
}
