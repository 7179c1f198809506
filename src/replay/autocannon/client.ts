// oxlint-disable no-underscore-dangle -- autocannon's own names
import type { Socket } from 'node:net';
import type autocannon from 'autocannon';
import { SlopegateError } from '../../model/index.js';

/** The parser of `http-parser-js`, whose callbacks are found under numbers that its constructor names. */
export interface ResponseParser {
  readonly constructor: {
    readonly RESPONSE: string;
    readonly kOnHeadersComplete: number;
    readonly kOnMessageComplete: number;
  };
  execute(chunk: Buffer): unknown;
  finish(): unknown;
  reinitialize(type: string): void;
  [callback: number]: (info: ResponseHead) => unknown;
}

export interface ResponseHead {
  readonly statusCode: number;
  readonly shouldKeepAlive: boolean;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

/**
 * autocannon's client (8.0, `lib/httpClient.js`) with the parts a lane takes hold of. `setupClient` hands it over
 * inside
 * its constructor, before it connects; everything here is a property of the instance or a method looked up on it.
 */
export interface Client extends autocannon.Client {
  conn: Socket;
  readonly parser: ResponseParser;
  readonly pipelinedRequests: { size(): number; clear(): void };
  readonly destroyed: boolean;
  /** Requests after which the client stops by itself; 0 for never. */
  responseMax: number;
  /** Opens `conn` and asks for the first request. */
  _connect: () => void;
  /** Takes the next request and writes it. */
  _doRequest: () => void;
  _resetConnection: () => void;
  /** The bytes that `_doRequest` writes. */
  getRequestBuffer: () => Buffer;
  destroy: () => void;
}

const METHODS = ['_connect', '_doRequest', '_resetConnection', 'getRequestBuffer', 'destroy'] as const;

/** Fails loudly where another version of autocannon is built differently, instead of measuring something else. */
export function asClient(client: autocannon.Client): Client {
  const candidate = client as Client;
  const known =
    METHODS.every((name) => typeof candidate[name] === 'function') &&
    typeof candidate.parser?.execute === 'function' &&
    typeof candidate.pipelinedRequests?.clear === 'function' &&
    'responseMax' in candidate;
  if (!known)
    throw new SlopegateError(
      'INTERNAL',
      'This version of autocannon has another client than the one slopegate was written for',
      { hint: 'Install the version in package-lock.json: npm ci' },
    );
  return candidate;
}
