import * as z from 'zod';
import type { RequestBehaviour } from '../model/index.js';
import { bytes, bytesPerSecond, patience } from './units.js';

const size = z.union([z.int().min(0), bytes()]);

const abort = z
  .strictObject({
    of: z.enum(['request', 'response']).meta({ description: 'What is cut off.' }),
    after: z
      .union([z.literal('all'), size], 'expected a number of bytes, a quantity such as "4KiB", or "all"')
      .default('all')
      .meta({ description: 'The client hangs up after this number of bytes; all: after the last one.' }),
    how: z.enum(['close', 'reset']).default('close').meta({ description: 'With a normal close, or with a TCP reset.' }),
  })
  .transform(({ of, after, how }) => ({ of, bytes: after === 'all' ? null : after, how }));

/** How a client sends its request, if it does not simply send all of it and wait for the answer. */
export const behaviourSchema = z
  .strictObject({
    version: z
      .union([z.enum(['1.0', '1.1']), z.literal(1), z.literal(1.1)], 'expected 1.0 or 1.1')
      .optional()
      .meta({ description: 'HTTP version of the request line.' }),
    chunks: z
      .array(z.union([z.int().min(1), bytes()]))
      .optional()
      .meta({
        description: 'The body is sent in the chunked coding, in chunks of these sizes and one more for the rest.',
      }),
    breaks: z.array(z.int()).min(1).optional().meta({
      description: 'Offsets in the request’s bytes at which a new write begins; negative offsets count from the end.',
    }),
    pause: patience().optional().meta({ description: 'Pause between the writes, or between the chunks.' }),
    send: bytesPerSecond().optional().meta({ description: 'A slow sender: bytes per second.' }),
    read: bytesPerSecond().optional().meta({ description: 'A slow reader: bytes per second.' }),
    abort: abort.optional().meta({ description: 'Hangs up on purpose.' }),
    freshConnection: z.boolean().optional().meta({ description: 'Uses a new connection.' }),
    clientCertificate: z
      .union(
        [z.literal('none'), z.int().min(1)],
        'expected none, or the number of a certificate in traffic.tls.clientCertificate, from 1',
      )
      .optional()
      .meta({ description: 'Uses this certificate, or none, on a connection for this request alone.' }),
    session: z
      .enum(['reuse', 'fresh'])
      .optional()
      .meta({ description: 'Resumes a TLS session or makes a new one, on a connection for this request alone.' }),
    pipelined: z
      .boolean()
      .optional()
      .meta({ description: 'The next request follows without waiting for this one’s answer.' }),
  })
  .superRefine(({ version, chunks, breaks, pause, send }, context) => {
    const wrong = (key: string, message: string): void => context.addIssue({ code: 'custom', message, path: [key] });
    if (chunks !== undefined && (version === '1.0' || version === 1)) wrong('chunks', 'HTTP/1.0 has no chunked bodies');
    if (pause !== undefined && breaks === undefined && chunks === undefined)
      wrong('pause', 'a pause needs breaks or chunks');
    if (send !== undefined && breaks !== undefined) wrong('send', 'use breaks or send, not both');
  })
  .transform(({ version, pause, send, read, clientCertificate, ...rest }): RequestBehaviour => ({
    ...present(rest),
    ...(version === undefined ? {} : { version: version === '1.0' || version === 1 ? '1.0' : '1.1' }),
    ...(pause === undefined ? {} : { pauseMs: pause * 1000 }),
    ...(send === undefined ? {} : { sendBytesPerSecond: send }),
    ...(read === undefined ? {} : { readBytesPerSecond: read }),
    ...(clientCertificate === undefined
      ? {}
      : { clientCertificate: clientCertificate === 'none' ? 0 : clientCertificate }),
  }));

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Present<T>;
}
