import { SlopegateError, type ExpectedDecision } from '../../src/model/index.js';
import { createTraceDigest } from '../../src/traffic/digest.js';
import type { ListedTrace } from '../traffic/listed-trace.js';
import type { CorpusRequest } from '../../src/traffic/recorded/corpus-request.js';
import { createCorpusBuilder } from '../../src/traffic/recorded/corpus-builder.js';

export interface CorpusTraceOptions {
  readonly seed: number;
  /** How many requests; a shorter corpus is gone through again, a longer one cut. */
  readonly count: number;
  /** What the WAF should do with a label; `any` for labels not named. */
  readonly expect: Readonly<Record<string, ExpectedDecision>>;
}

/** A trace of imported requests, in the order recorded. */
export function traceOfCorpus(
  corpus: readonly CorpusRequest[],
  { seed, count, expect }: CorpusTraceOptions,
): ListedTrace {
  if (corpus.length === 0 && count > 0) throw new SlopegateError('TRAFFIC_INVALID', 'The corpus has no requests');
  const digest = createTraceDigest();
  const labels: Record<string, number> = {};
  const builder = createCorpusBuilder(corpus, { seed, expect });
  const requests = Array.from({ length: count }, (_, index) => {
    const request = builder.build(() => '', index);
    digest.add(request);
    labels[request.label] = (labels[request.label] ?? 0) + 1;
    return request;
  });
  const last = requests.at(-1)?.at;
  const recordedEnd = last === undefined ? {} : { recordedEnd: last };
  return { seed, length: count, requests, kinds: requests, digest: digest.hex(), labels, ...recordedEnd };
}
