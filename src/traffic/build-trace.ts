import { phaseSpans, type RequestTemplate, SlopegateError, type Trace } from '../model/index.js';
import { dealRequests, type DealtRequest } from './deal-requests.js';
import { repeated } from './repeated.js';
import { createDraws, createFields } from './draws.js';
import { blockCounter } from './blocks/block-counter.js';
import { blockOrder, blockSigns } from './blocks/block-order.js';
import { blockLayout, type JudgedSpan } from './blocks/layout.js';
import { summarize } from './summarize.js';
import { mixOrder } from './order.js';
import { phaseOrder } from './phase-order.js';
import { withLibraries } from './library/with-libraries.js';
import { compileJourney, journeyLabel } from './journeys/compile-journey.js';
import { compileRequest, type SentTraffic } from './request-builder.js';
import { createCorpusBuilder } from './recorded/corpus-builder.js';
import { corpusParts } from './recorded/corpus-parts.js';
import { recordedSources, type Corpora } from './recorded/corpora.js';

/**
 * The ordered requests that both arms get, made from the seed alone. The same settings give the same bytes on every
 * machine, and a shorter trace is the beginning of a longer one. All of them are made once here, for their digest and
 * their counts, and none is kept. `corpora` are the requests of the recorded sources (`loadCorpora`). If the judged
 * part is stated, the traffic's phases use everything after the warm-up, in their shares (`phaseOrder`), so a longer
 * trace has longer phases. Without phases, the shares of labels vary during the judged part if the traffic says so
 * (`blockOrder`).
 */
export function buildTrace(stated: SentTraffic, count: number, corpora: Corpora = [], span?: JudgedSpan): Trace {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new SlopegateError('TRAFFIC_INVALID', `A trace has a whole number of requests, not ${count}`);
  const traffic = withLibraries(stated);
  const sources = recordedSources(traffic);
  if (corpora.length !== sources.length)
    throw new SlopegateError('INTERNAL', `${sources.length} recorded sources and ${corpora.length} corpora`);
  const { phases = [], journeys = [] } = traffic;
  const vary = span !== undefined && phases.length === 0 && traffic.repeat === undefined && traffic.blocks === 'auto';
  const parts = sources.flatMap((source, number) =>
    corpusParts(source, corpora[number] as Corpora[number], number, vary).map((part) => ({ ...part, source, number })),
  );
  const visits = journeys.map(({ name, weight }) => ({ label: name, weight }));
  const shares = [...traffic.mix, ...visits, ...parts].map(({ label, weight }) => ({ label, weight }));
  checkWeights(shares);
  const layout = vary ? blockLayout(shares, span) : null;
  const signs = layout === null ? [] : blockSigns(shares, layout, traffic.seed);
  const spans = span === undefined ? [] : phaseSpans(phases, span.warmup, Math.max(0, count - span.warmup));
  const fields = createFields(traffic.fields, traffic.seed);
  const templates = traffic.mix.map((template) => compileRequest(template, traffic));
  const walks = journeys.map((journey) => compileJourney(journey, traffic, fields));
  const weights = shares.map(({ weight }) => weight);
  const orderOf = (): Iterator<number, never> => {
    if (layout !== null) return blockOrder(shares, layout, signs, traffic.seed);
    return spans.length > 0 ? phaseOrder(shares, phases, spans, traffic.seed) : mixOrder(weights, traffic.seed);
  };
  const once = (most: number): Generator<DealtRequest> => {
    const recorded = parts.map(({ corpus, number, source: { expect, label, order } }) =>
      createCorpusBuilder(corpus, { seed: traffic.seed, expect, label, order, number }),
    );
    const http2 = traffic.protocol?.kind === 'http2';
    const draws = createDraws(fields, traffic.seed);
    return dealRequests(
      { draws, builders: [...templates, ...walks.map((begin) => begin()), ...recorded], order: orderOf(), http2 },
      most,
    );
  };
  const deal = (): Generator<DealtRequest> => repeated(once, traffic.repeat ?? count, count);
  const blocks = layout === null ? null : blockCounter(shares, layout);
  const summary = summarize(deal(), {
    labels: [
      ...traffic.mix.map(({ label }) => label),
      ...journeys.flatMap((journey) => journey.steps.map((step) => journeyLabel(journey, step))),
    ],
    kinds: [...templates.map(() => 1), ...walks.map(() => 0), ...parts.map(({ corpus }) => corpus.length)],
    onEntry: (index, entry) => blocks?.add(index, entry),
  });
  return {
    seed: traffic.seed,
    length: count,
    requests: {
      *[Symbol.iterator]() {
        for (const { request } of deal()) yield request;
      },
    },
    ...summary,
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
