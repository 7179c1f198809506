import { type RequestTemplate, SlopegateError, type Trace, type TraceRequest, type TrafficSettings } from '../model/index.js';
import { createTraceDigest } from './digest.js';
import { createDraws } from './draws.js';
import { forHttp2 } from './for-http2.js';
import { mixOrder } from './order.js';
import { withLibraries } from './library/with-libraries.js';
import { compileRequest } from './request-builder.js';
import { createCorpusBuilder } from './sources/corpus-builder.js';
import { recordedSources, type Corpora } from './sources/load-corpora.js';

/**
 * The ordered requests both arms get, from the seed alone: the same settings give the same bytes on every machine, and a
 * shorter trace is the beginning of a longer one. `corpora` are the requests of the recorded sources (`loadCorpora`).
 */
export function buildTrace(stated: TrafficSettings, count: number, corpora: Corpora = []): Trace {
  if (!Number.isSafeInteger(count) || count < 0) throw new SlopegateError('TRAFFIC_INVALID', `A trace has a whole number of requests, not ${count}`);
  const traffic = withLibraries(stated);
  const sources = recordedSources(traffic);
  if (corpora.length !== sources.length) throw new SlopegateError('INTERNAL', `${sources.length} recorded sources and ${corpora.length} corpora`);
  const shares = [...traffic.mix.map(({ label, weight }) => ({ label, weight })), ...sources.map(({ weight }, number) => ({ label: `source ${number + 1}`, weight }))];
  checkWeights(shares);
  const draws = createDraws(traffic.fields, traffic.seed);
  const builders = [
    ...traffic.mix.map((template) => compileRequest(template, traffic)),
    ...sources.map(({ expect, label, order }, number) => createCorpusBuilder(corpora[number] as Corpora[number], { seed: traffic.seed, expect, label, order, number })),
  ];
  const order = mixOrder(
    shares.map(({ weight }) => weight),
    traffic.seed,
  );
  const digest = createTraceDigest();
  const labels: Record<string, number> = Object.fromEntries(traffic.mix.map(({ label }) => [label, 0]));
  const requests: TraceRequest[] = [];
  for (let index = 0; index < count; index++) {
    const builder = builders[order.next().value] as (typeof builders)[number];
    const plain = builder.build(draws.next(builder.fields), index);
    const request = traffic.protocol?.kind === 'http2' ? forHttp2(plain) : plain;
    digest.add(request);
    labels[request.label] = (labels[request.label] ?? 0) + 1;
    requests.push(request);
  }
  return { seed: traffic.seed, requests, digest: digest.hex(), labels };
}

function checkWeights(mix: readonly Pick<RequestTemplate, 'label' | 'weight'>[]): void {
  const wrong = mix.find(({ weight }) => !Number.isFinite(weight) || weight < 0);
  if (wrong !== undefined) throw new SlopegateError('TRAFFIC_INVALID', `Request "${wrong.label}" has the weight ${wrong.weight}; a weight is a number from 0 up`);
  if (!mix.some(({ weight }) => weight > 0)) throw new SlopegateError('TRAFFIC_INVALID', 'The traffic mix has no request with a weight above 0', { hint: 'Add a request to traffic.mix' });
}
