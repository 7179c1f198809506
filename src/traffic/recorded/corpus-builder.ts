import { SlopegateError, type ExpectedDecision } from '../../model/index.js';
import { unsendable } from '../bytes.js';
import type { CorpusRequest } from './corpus-request.js';
import { permute } from '../permutation.js';
import { keyOf } from '../random.js';
import type { RequestBuilder } from '../request-builder.js';

export interface CorpusBuilderOptions {
  readonly seed: number;
  /** What the WAF should do with a label; `any` for labels not named. */
  readonly expect: Readonly<Record<string, ExpectedDecision>>;
  /** Replaces the recorded labels. */
  readonly label?: string | null;
  readonly order?: 'recorded' | 'shuffled';
  /** Distinguishes the shuffled orders of several corpora. */
  readonly number?: number;
}

/**
 * Gives the requests of a corpus one after the other. At its end it starts again, in another order if it is shuffled.
 */
export function createCorpusBuilder(
  corpus: readonly CorpusRequest[],
  { seed, expect, label, order, number = 0 }: CorpusBuilderOptions,
): RequestBuilder {
  // A second round begins one mean gap after the end of the first.
  const last = corpus.at(-1)?.at ?? 0;
  const period = last + last / Math.max(1, corpus.length - 1);
  let dealt = 0;
  return {
    fields: [],
    build(_, index) {
      const [round, position] = [Math.floor(dealt / corpus.length), dealt++ % corpus.length];
      const shuffled = order === 'shuffled';
      const place = shuffled ? permute(position, corpus.length, keyOf(seed, 'corpus', number, round)) : position;
      const {
        label: recorded,
        source,
        at,
        method,
        target,
        headers,
        body,
        raw,
        behaviour,
      } = corpus[place] as CorpusRequest;
      const wrong = unsendable({ method, target, headers, ...(raw && { raw }) });
      if (wrong !== null) throw new SlopegateError('TRAFFIC_INVALID', `${source}: ${wrong}`, { location: source });
      const time = at === null || shuffled ? {} : { at: at + round * period };
      const name = label ?? recorded;
      return {
        index,
        label: name,
        expect: expect[name] ?? 'any',
        method,
        target,
        headers,
        body,
        ...(raw && { raw }),
        ...(behaviour && { behaviour }),
        ...time,
      };
    },
  };
}
