import type { KeepAlive, Protocol, ProxyProtocol, TlsSettings } from './clients.js';
import { type ExpectedDecision } from './expectation.js';
import type { Captures } from './step.js';
import type { RequestBehaviour } from './trace.js';
import type { TrafficPhase } from './traffic-phase.js';
import type { EngineChoice, Schedule, TrafficSource } from './traffic-source.js';

export const RATE_MODES = ['stated', 'auto', 'upTo'] as const;
export type RateMode = (typeof RATE_MODES)[number];

export interface TrafficSettings {
  readonly seed: number;
  /** Requests per second to each arm. */
  readonly rate: number;
  /**
   * `auto`: a ramp finds the rate when the run begins. Until then `rate` is an assumption for plans. `upTo`: the run
   * begins with `rate`, and begins again with a lower rate if the host does not keep it.
   */
  readonly rateMode?: RateMode;
  /** Value of the Host header. */
  readonly host: string;
  /** Named sources of varying values for `{placeholders}`, each with a stated cardinality. */
  readonly fields: Readonly<Record<string, FieldGenerator>>;
  readonly mix: readonly RequestTemplate[];
  /** Visits of several requests in order, mixed with the templates; none unless stated. */
  readonly journeys?: readonly Journey[];
  /** Recorded requests and libraries that are mixed with the templates. */
  readonly sources?: readonly TrafficSource[];
  /** The mixes of the judged window, one after the other; one mix for the whole window unless stated. */
  readonly phases?: readonly TrafficPhase[];
  /** `auto` unless stated. */
  readonly engine?: EngineChoice;
  /** Constant unless stated. */
  readonly schedule?: Schedule;
  /** HTTP/1 unless stated. */
  readonly protocol?: Protocol;
  /** TLS to the entry; without it, connections are not encrypted. */
  readonly tls?: TlsSettings;
  /** Connections state other clients' addresses; without it, all come from this host. */
  readonly proxyProtocol?: ProxyProtocol;
  /** When clients close connections; without it, only the entry closes them. */
  readonly keepAlive?: KeepAlive;
  /** All connections are closed and opened again each time this many requests were sent. */
  readonly reconnectEvery?: number;
  /** Only this number of requests, sent again and again; without it they follow the seed to the end. */
  readonly repeat?: number;
  /**
   * Whether the shares of labels vary during the judged window, so that growth can be attributed to them; `off` unless
   * stated.
   */
  readonly blocks?: 'auto' | 'off';
  /** Statuses that mean "the WAF blocked it". */
  readonly blockedStatuses: readonly number[];
}

/** A source of varying values. All values are used equally often unless `zipf` is stated. */
export type FieldGenerator = FieldKind & {
  /**
   * The exponent of Zipf's law, in steps of a quarter: the k-th most frequent value is used in proportion to 1 /
   * k^zipf.
   */
  readonly zipf?: number;
};

type FieldKind =
  | { readonly kind: 'integer'; readonly from: number; readonly to: number }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'word'; readonly cardinality: number }
  | { readonly kind: 'hex'; readonly length: number; readonly cardinality: number }
  | { readonly kind: 'ipv4'; readonly cardinality: number }
  | { readonly kind: 'userAgent'; readonly cardinality: number }
  | { readonly kind: 'uuid'; readonly cardinality: number }
  | { readonly kind: 'text'; readonly bytes: number; readonly cardinality: number };

export interface RequestTemplate {
  readonly label: string;
  /** Relative share of the trace. */
  readonly weight: number;
  readonly expect: ExpectedDecision;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyTemplate | null;
  /** How the client sends it; in the plain way unless stated. */
  readonly behaviour?: RequestBehaviour;
}

/**
 * What a visitor does, one request after the other. Fields keep their value during a visit. Values from an answer go
 * into later requests of the same visit.
 */
export interface Journey {
  readonly name: string;
  /** Share of the trace's requests, relative to the weights of templates and sources. */
  readonly weight: number;
  /** Visitors at the same time; each one is at its own step. */
  readonly users: number;
  /** Fields that get a new value at each step. */
  readonly vary: readonly string[];
  readonly steps: readonly JourneyStep[];
}

/** One request of a journey, and what later steps take from its answer. */
export interface JourneyStep extends Omit<RequestTemplate, 'weight'> {
  readonly capture: Captures;
}

export type BodyTemplate =
  | { readonly kind: 'file'; readonly contentType: string; readonly file: string }
  | { readonly kind: 'raw'; readonly contentType: string; readonly text: string }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'multipart'; readonly parts: readonly MultipartPart[] };

export interface MultipartPart {
  readonly name: string;
  readonly filename: string | null;
  readonly contentType: string | null;
  readonly text: string;
  /**
   * Absolute path of the file whose content the part has instead of the text; in a recording relative to the scenario.
   */
  readonly file?: string;
}
