import type { ExpectedDecision } from '../../model/index.js';

/** The part of a request that contains its payload. */
type Place =
  | { readonly in: 'query' | 'form' | 'header'; readonly path: string; readonly name: string }
  | { readonly in: 'path'; readonly path: string }
  | { readonly in: 'body'; readonly path: string; readonly type: string };

/** One class of the library: payloads of our own writing, and where they go. */
export interface Attack {
  /** What a WAF with its default settings should do with every payload. */
  readonly expect: ExpectedDecision;
  readonly place: Place;
  readonly payloads: readonly string[];
}
