import * as z from 'zod';
import type { KeepAlive, Protocol, ProxyProtocol, TlsSettings } from '../model/index.js';
import { duration } from './units.js';

const file = z.string().min(1);
const pair = z.strictObject({
  cert: file.meta({ description: 'PEM file of the certificate.' }),
  key: file.meta({ description: 'PEM file of its key.' }),
});
const STREAMS = 8;

/** `http1`, `http2` or `{http2: {streams: 32}}`. */
export const protocolSchema = z
  .union(
    [
      z.enum(['http1', 'http2']),
      z.strictObject({
        http2: z
          .strictObject({
            streams: z
              .int()
              .min(1)
              .max(1000)
              .default(STREAMS)
              .meta({ description: 'Number of streams at the same time on a connection.' }),
          })
          .meta({ description: 'HTTP/2, with settings.' }),
      }),
    ],
    'expected one of: http1, http2, {http2: {streams: 8}}',
  )
  .transform((protocol): Protocol => {
    if (protocol === 'http1') return { kind: 'http1' };
    return { kind: 'http2', streams: protocol === 'http2' ? STREAMS : protocol.http2.streams };
  });

const tlsKeys = z
  .strictObject({
    verify: z
      .union([z.boolean(), file])
      .default(false)
      .meta({
        description:
          'Whether the entry’s certificate is checked: false, true (with the certificate authorities ' +
          'of this machine), or a PEM file of authorities.',
      }),
    serverName: z
      .string()
      .min(1)
      .nullable()
      .optional()
      .meta({ description: 'Server name in the handshake; default: traffic.host; null: none.' }),
    session: z
      .enum(['reuse', 'fresh'])
      .default('reuse')
      .meta({ description: 'Whether connections resume an earlier session or make a full handshake.' }),
    clientCertificate: z
      .union([pair, z.array(pair).min(1)])
      .optional()
      .meta({
        description: 'PEM files, relative to the scenario file; several are used in turn, one for each connection.',
      }),
  })
  .transform(({ verify, serverName, session, clientCertificate = [] }): StatedTls => ({
    verify: verify !== false,
    authority: typeof verify === 'string' ? verify : null,
    ...(serverName === undefined ? {} : { serverName }),
    session,
    clientCertificates: [clientCertificate].flat(),
  }));

/** The server name may still be missing: it then comes from the traffic's host. */
export type StatedTls = Omit<TlsSettings, 'serverName'> & Partial<Pick<TlsSettings, 'serverName'>>;

/** `true`, or the settings. */
export const tlsSchema = z.union([z.boolean(), tlsKeys]).transform((tls): StatedTls | undefined => {
  if (tls === false) return undefined;
  return tls === true ? { verify: false, authority: null, session: 'reuse', clientCertificates: [] } : tls;
});

/** `{requests: 100, seconds: 15s}`, one of the two, or `close` (after each request). */
export const keepAliveSchema = z
  .union(
    [
      z.literal('close'),
      z.strictObject({
        requests: z.int().min(1).optional().meta({ description: 'After this number of requests.' }),
        seconds: duration().pipe(z.number().positive()).optional().meta({ description: 'After this time: 15s.' }),
      }),
    ],
    'expected {requests: 100}, {seconds: 15s}, both, or close',
  )
  .transform((policy): KeepAlive => {
    if (policy === 'close') return { requests: 1 };
    const { requests, seconds } = policy;
    return { ...(requests === undefined ? {} : { requests }), ...(seconds === undefined ? {} : { seconds }) };
  });

const CLIENT_ADDRESSES = 10_000;
const MOST_CLIENT_ADDRESSES = 10_000_000;

/** `1`, `2` or `{version: 1, addresses: 10000}`. */
export const proxyProtocolSchema = z
  .union(
    [
      z.literal([1, 2]),
      z.strictObject({
        version: z.literal([1, 2]).meta({ description: '1: a line of text. 2: binary.' }),
        addresses: z
          .int()
          .min(1)
          .max(MOST_CLIENT_ADDRESSES)
          .default(CLIENT_ADDRESSES)
          .meta({ description: 'Number of different client addresses; connections use them in turn.' }),
      }),
    ],
    'expected 1, 2, or {version: 1, addresses: 10000}',
  )
  .transform((stated): ProxyProtocol =>
    typeof stated === 'number' ? { version: stated, addresses: CLIENT_ADDRESSES } : stated,
  );

/** `{every: 2000}`: before each 2000th request. */
export const reconnectSchema = z
  .strictObject({
    every: z.int().min(1).meta({ description: 'Before each request of this number, for example each 2,000th.' }),
  })
  .transform(({ every }) => every);
