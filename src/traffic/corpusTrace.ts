import { SlopegateError, type ExpectedDecision, type Trace, type TraceRequest } from '../model/index.js';
import { unsendable } from './bytes.js';
import { createTraceDigest } from './digest.js';
import type { CorpusRequest } from './import/corpus.js';

export interface CorpusTraceOptions {
  readonly seed: number;
  /** How many requests; a shorter corpus is gone through again, a longer one cut. */
  readonly count: number;
  /** What the WAF should do with a label; `any` for labels not named. */
  readonly expect: Readonly<Record<string, ExpectedDecision>>;
}

/** A trace of imported requests, in the order recorded. */
export function traceOfCorpus(corpus: readonly CorpusRequest[], { seed, count, expect }: CorpusTraceOptions): Trace {
  if (corpus.length === 0 && count > 0) throw new SlopegateError('TRAFFIC_INVALID', 'The corpus has no requests');
  const digest = createTraceDigest();
  const labels: Record<string, number> = {};
  const requests: TraceRequest[] = [];
  // A second round begins one mean gap after the end of the first.
  const last = corpus.at(-1)?.at ?? 0;
  const period = last + last / Math.max(1, corpus.length - 1);
  for (let index = 0; index < count; index++) {
    const { label, source, at, method, target, headers, body, raw, behaviour } = corpus[index % corpus.length] as CorpusRequest;
    const wrong = unsendable({ method, target, headers, ...(raw && { raw }) });
    if (wrong !== null) throw new SlopegateError('TRAFFIC_INVALID', `${source}: ${wrong}`, { location: source });
    const time = at === null ? {} : { at: at + Math.floor(index / corpus.length) * period };
    const request: TraceRequest = { index, label, expect: expect[label] ?? 'any', method, target, headers, body, ...(raw && { raw }), ...(behaviour && { behaviour }), ...time };
    digest.add(request);
    labels[label] = (labels[label] ?? 0) + 1;
    requests.push(request);
  }
  return { seed, requests, digest: digest.hex(), labels };
}
