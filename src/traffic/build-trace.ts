import {
  phaseSpans,
  type RequestTemplate,
  SlopegateError,
  type Trace,
  type TraceRequest,
  type TrafficSettings,
} from '../model/index.js';
import { createTraceDigest } from './digest.js';
import { createDraws } from './draws.js';
import { blockCounter } from './blocks/block-counter.js';
import { blockOrder } from './blocks/block-order.js';
import { blockLayout, type JudgedSpan } from './blocks/layout.js';
import { forHttp2 } from './for-http2.js';
import { mixOrder } from './order.js';
import { phaseOrder } from './phase-order.js';
import { withLibraries } from './library/with-libraries.js';
import { compileRequest } from './request-builder.js';
import { createCorpusBuilder } from './recorded/corpus-builder.js';
import { corpusParts } from './recorded/corpus-parts.js';
import { recordedSources, type Corpora } from './recorded/corpora.js';

/**
 * The ordered requests both arms get, from the seed alone: the same settings give the same bytes on every machine, and
 * a
 * shorter trace is the beginning of a longer one. `corpora` are the requests of the recorded sources (`loadCorpora`).
 * Where the part to be
 * judged is stated, the traffic's phases take up all that follows the warm-up, in their shares (`phaseOrder`); a longer
 * trace then has
 * longer phases. Without phases, where the traffic says so, the shares of labels vary over the judged part
 * (`blockOrder`).
 */
export function buildTrace(stated: TrafficSettings, count: number, corpora: Corpora = [], span?: JudgedSpan): Trace {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new SlopegateError('TRAFFIC_INVALID', `A trace has a whole number of requests, not ${count}`);
  const traffic = withLibraries(stated);
  const sources = recordedSources(traffic);
  if (corpora.length !== sources.length)
    throw new SlopegateError('INTERNAL', `${sources.length} recorded sources and ${corpora.length} corpora`);
  const { phases = [] } = traffic;
  const vary = span !== undefined && phases.length === 0 && traffic.blocks === 'auto';
  const parts = sources.flatMap((source, number) =>
    corpusParts(source, corpora[number] as Corpora[number], number, vary).map((part) => ({ ...part, source, number })),
  );
  const shares = [...traffic.mix, ...parts].map(({ label, weight }) => ({ label, weight }));
  checkWeights(shares);
  const draws = createDraws(traffic.fields, traffic.seed);
  const builders = [
    ...traffic.mix.map((template) => compileRequest(template, traffic)),
    ...parts.map(({ corpus, number, source: { expect, label, order } }) =>
      createCorpusBuilder(corpus, { seed: traffic.seed, expect, label, order, number }),
    ),
  ];
  const layout = vary ? blockLayout(shares, span) : null;
  const spans = span === undefined ? [] : phaseSpans(phases, span.warmup, Math.max(0, count - span.warmup));
  const order =
    layout !== null
      ? blockOrder(shares, layout, traffic.seed)
      : spans.length > 0
        ? phaseOrder(shares, phases, spans, traffic.seed)
        : mixOrder(
            shares.map(({ weight }) => weight),
            traffic.seed,
          );
  const blocks = layout === null ? null : blockCounter(shares, layout);
  const digest = createTraceDigest();
  const labels: Record<string, number> = Object.fromEntries(traffic.mix.map(({ label }) => [label, 0]));
  const requests: TraceRequest[] = [];
  for (let index = 0; index < count; index++) {
    const entry = order.next().value;
    blocks?.add(index, entry);
    const builder = builders[entry] as (typeof builders)[number];
    const plain = builder.build(draws.next(builder.fields), index);
    const request = traffic.protocol?.kind === 'http2' ? forHttp2(plain) : plain;
    digest.add(request);
    labels[request.label] = (labels[request.label] ?? 0) + 1;
    requests.push(request);
  }
  return {
    seed: traffic.seed,
    requests,
    digest: digest.hex(),
    labels,
    ...(blocks && { blocks: blocks.done() }),
    ...(spans.length > 0 && { phases: spans }),
  };
}

function checkWeights(mix: readonly Pick<RequestTemplate, 'label' | 'weight'>[]): void {
  const wrong = mix.find(({ weight }) => !Number.isFinite(weight) || weight < 0);
  if (wrong !== undefined)
    throw new SlopegateError(
      'TRAFFIC_INVALID',
      `Request "${wrong.label}" has the weight ${wrong.weight}; a weight is a number from 0 up`,
    );
  if (!mix.some(({ weight }) => weight > 0))
    throw new SlopegateError('TRAFFIC_INVALID', 'The traffic mix has no request with a weight above 0', {
      hint: 'Add a request to traffic.mix',
    });
}
