import type { TraceRequest } from '../model/index.js';
import { withBody } from './with-body.js';

export interface Minimised {
  readonly request: TraceRequest;
  /** Requests that were tried. */
  readonly trials: number;
}

/** Parts of a request that can be left out one by one; a part that is needed is put back. */
const PARTS: readonly ((request: TraceRequest) => readonly TraceRequest[])[] = [
  ({ behaviour, ...request }) => (behaviour === undefined ? [] : [withBody(request, request.body)]),
  (request) => (request.body === null ? [] : [withBody(request, null)]),
  (request) => [
    { ...request, target: '/' },
    { ...request, target: request.target.replace(/\?.*$/, '') },
  ],
  (request) => [withHeaders(request, (name) => NEEDED.includes(name))],
];
/** Without a host, no server accepts a request of HTTP/1.1. The length belongs to the body. */
const NEEDED = ['host', 'content-type', 'content-length', 'transfer-encoding'];
const FIXED = NEEDED.filter((name) => name !== 'content-type');

/**
 * Makes a request smaller as long as it still does what `isKept` asks for: without its behaviour, body, query, headers,
 * and then piece by piece of the body, from halves to single bytes. Exact recorded bytes are left as they are.
 * @param most how many smaller requests are tried
 */
export async function minimise(
  given: TraceRequest,
  isKept: (request: TraceRequest) => Promise<boolean>,
  most: number,
): Promise<Minimised> {
  let request = given;
  let trials = 0;
  const accepted = async (smaller: TraceRequest): Promise<boolean> => {
    if (trials >= most || same(smaller, request)) return false;
    trials += 1;
    const kept = await isKept(smaller);
    if (kept) request = smaller;
    return kept;
  };
  if (given.raw !== undefined) return { request, trials };
  for (const smallerOf of PARTS) for (const smaller of smallerOf(request)) if (await accepted(smaller)) break;
  for (const [name] of request.headers.filter(([one]) => !FIXED.includes(one.toLowerCase())))
    await accepted(withHeaders(request, (other) => other !== name.toLowerCase()));
  for (let size = Math.ceil((request.body?.length ?? 0) / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < (request.body?.length ?? 0);)
      if (!(await accepted(withBody(request, cut(request.body as Uint8Array, from, size))))) from += size;
  return { request, trials };
}

function withHeaders(request: TraceRequest, keeps: (name: string) => boolean): TraceRequest {
  return { ...request, headers: request.headers.filter(([name]) => keeps(name.toLowerCase())) };
}

function cut(body: Uint8Array, from: number, size: number): Uint8Array {
  return Buffer.concat([body.subarray(0, from), body.subarray(from + size)]);
}

function same(a: TraceRequest, b: TraceRequest): boolean {
  return (
    a.target === b.target &&
    a.headers.length === b.headers.length &&
    (a.body?.length ?? -1) === (b.body?.length ?? -1) &&
    a.behaviour === b.behaviour
  );
}
