import { SlopegateError, type Trace, type TraceRequest } from '../../model/index.js';

/** Headers that a client's session accepts only once. */
const SINGLE = [
  'host',
  'content-length',
  'content-type',
  'user-agent',
  'referer',
  'authorization',
  'from',
  'if-modified-since',
  'if-unmodified-since',
  'max-forwards',
  'date',
  'etag',
  'expires',
  'last-modified',
  'location',
  'retry-after',
  'age',
  'x-content-type-options',
  'proxy-authorization',
  'access-control-request-method',
  'access-control-max-age',
  'access-control-allow-credentials',
  'dnt',
  'tk',
  'upgrade-insecure-requests',
  'content-encoding',
  'content-language',
  'content-location',
  'content-md5',
  'content-range',
  'if-match',
  'if-none-match',
  'if-range',
];

/**
 * @throws SlopegateError TRAFFIC_INVALID naming the first request that HTTP/2 cannot send as it is
 * @throws SlopegateError TRAFFIC_INVALID naming the first request that HTTP/2 cannot carry as it stands
 */
export function assertCarriable(trace: Trace): void {
  for (const request of trace.kinds) {
    const why = objectionTo(request);
    if (why !== null)
      throw new SlopegateError(
        'TRAFFIC_INVALID',
        `Request ${request.index} ("${request.label}") cannot go over HTTP/2: ${why}`,
        { hint: 'Send it with traffic.protocol: http1, or remove it' },
      );
  }
}

function objectionTo({ raw, behaviour, headers }: TraceRequest): string | null {
  if (raw !== undefined) return 'it is exact HTTP/1 bytes';
  const foreign = Object.keys(behaviour ?? {}).find((key) => key !== 'abort');
  if (foreign !== undefined) return `its behaviour has ${foreign}`;
  const names = headers.map(([name]) => name);
  if (names[0] !== 'host') return 'it has no Host header';
  const twice = names.find((name, i) => SINGLE.includes(name) && names.indexOf(name) !== i);
  if (twice !== undefined) return `it has the header ${twice} twice`;
  const digits = names.find((name) => /^\d+$/.test(name));
  return digits === undefined ? null : `the header ${digits} would move to another position`;
}
