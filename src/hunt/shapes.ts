import type { ShapeSource, Trace, TraceRequest } from '../model/index.js';
import { attackRequests, buildTrace, recordedSources, type Corpora, type SentTraffic } from '../traffic/index.js';
import { CATALOGUE, type CatalogueShape } from './catalogue.js';
import { repeated } from './repeated.js';
import { withBody } from './with-body.js';

/** What is weighed: one request again and again, or the visits of a journey. */
export interface HuntShape {
  readonly name: string;
  readonly source: ShapeSource;
  /** The request, or the first one of a journey. */
  readonly request: TraceRequest;
  /** A batch of this many requests; a journey sends whole visits, and so maybe more. */
  readonly batch: (requests: number) => Trace;
}

export interface ShapeSettings {
  readonly traffic: SentTraffic;
  /** The requests of the recorded sources. */
  readonly corpora: Corpora;
  /** Sources that are left out. */
  readonly without: readonly ShapeSource[];
  /** Most recorded requests that are weighed. */
  readonly mostRecorded: number;
}

/**
 * The shapes of a scenario: one request of each template, each journey, each different recorded request, each payload
 * of the attack library, and the catalogue. Fields have their first value, so that all requests of a shape are equal.
 */
export function shapesOf({ traffic, corpora, without, mostRecorded }: ShapeSettings): readonly HuntShape[] {
  const plain: SentTraffic = { ...traffic, phases: [], mix: [], journeys: [], sources: [], blocks: 'off' };
  const makers: Readonly<Record<ShapeSource, () => readonly HuntShape[]>> = {
    scenario: () =>
      traffic.mix.map((template) =>
        single('scenario', template.label, first(buildTrace({ ...plain, mix: [{ ...template, weight: 1 }] }, 1))),
      ),
    journey: () => journeysOf(plain, traffic.journeys ?? []),
    recording: () => recordedOf(plain, traffic, corpora, mostRecorded),
    attacks: () =>
      attackRequests(plain).map(({ attack, number, request }) => single('attacks', `${attack} ${number}`, request)),
    catalogue: () => CATALOGUE.map((entry) => single('catalogue', entry.name, requestOf(entry, traffic))),
  };
  const http2 = traffic.protocol?.kind === 'http2';
  return Object.entries(makers)
    .filter(([source]) => !without.includes(source as ShapeSource))
    .flatMap(([, make]) => make())
    .filter(({ request: { raw, behaviour } }) => !http2 || (raw === undefined && behaviour === undefined));
}

const single = (source: ShapeSource, name: string, request: TraceRequest): HuntShape => ({
  name,
  source,
  request,
  batch: (requests) => repeated(request, requests),
});

function first({ requests }: Trace): TraceRequest {
  for (const request of requests) return request;
  throw new Error('a trace of one request has one');
}

function journeysOf(plain: SentTraffic, journeys: NonNullable<SentTraffic['journeys']>): readonly HuntShape[] {
  return journeys.map((journey) => {
    const traffic = { ...plain, journeys: [{ ...journey, weight: 1, users: 1 }] };
    const batch = (requests: number): Trace =>
      buildTrace(traffic, Math.ceil(requests / journey.steps.length) * journey.steps.length);
    return { name: journey.name, source: 'journey', request: first(batch(1)), batch };
  });
}

function recordedOf(plain: SentTraffic, traffic: SentTraffic, corpora: Corpora, most: number): readonly HuntShape[] {
  const found = new Map<string, HuntShape>();
  for (const [number, source] of recordedSources(traffic).entries()) {
    const corpus = corpora[number] ?? [];
    const { requests } = buildTrace({ ...plain, sources: [source] }, corpus.length, [corpus]);
    for (const request of requests) {
      if (found.size >= most) break;
      const { label, digest } = { label: request.label, digest: repeated(request, 1).digest };
      if (!found.has(digest)) found.set(digest, single('recording', `${label} ${found.size + 1}`, request));
    }
  }
  return [...found.values()];
}

/** Catalogue entries go where the scenario's own bodies go. */
function requestOf({ name, method, target, headers = {}, body, behaviour }: CatalogueShape, traffic: SentTraffic) {
  const own = traffic.mix.find((template) => template.body !== null && !template.path.includes('{'));
  const bare: TraceRequest = {
    index: 0,
    label: name.replaceAll(/[^\w.-]+/g, '-'),
    expect: 'any',
    method,
    target: target ?? (body === undefined ? '/' : (own?.path ?? '/')),
    headers: [['Host', traffic.host], ['User-Agent', 'slopegate'], ['Accept', '*/*'], ...Object.entries(headers)],
    body: null,
    ...(behaviour && { behaviour }),
  };
  return body === undefined ? bare : withBody(bare, Buffer.from(body, 'latin1'));
}
