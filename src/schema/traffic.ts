import * as z from 'zod';
import { ENGINES } from '../model/index.js';
import { clientFaults } from './client-rules.js';
import { keepAliveSchema, protocolSchema, proxyProtocolSchema, reconnectSchema, tlsSchema } from './clients.js';
import { fieldSchema } from './fields.js';
import { journeyFaults } from './journey-rules.js';
import { journeysSchema } from './journeys.js';
import { phaseFaults, phasesSchema } from './phases.js';
import { scheduleSchema } from './schedule.js';
import { sourceSchema } from './source.js';
import { templateSchema } from './template.js';
import { rate } from './units.js';

/** With fewer, most labels would not be sent at all. */
const FEWEST_REPEATED = 50;
const MOST_REPEATED = 100_000;

const status = z.int().min(100).max(599);

const requestsPerSecond = () => rate().pipe(z.number().positive().max(10_000));

export const trafficSchema = z
  .strictObject({
    seed: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .default(1)
      .meta({ description: 'The same seed gives exactly the same requests.' }),
    rate: z
      .union(
        [z.literal('auto'), requestsPerSecond(), z.strictObject({ upTo: requestsPerSecond() })],
        'expected a rate such as "75/s", or "auto", or {upTo: 75/s}',
      )
      .prefault('75/s')
      .meta({
        description:
          'Requests per second to each version: 75/s. {upTo: 75/s}: a lower rate if the host does not keep this one. ' +
          'auto: 60 % of the highest rate that the slower version sustains.',
        example: '75/s',
      }),
    host: z.string().default('waf.test').meta({ description: 'The Host header.' }),
    fields: z
      .record(z.string().regex(/^[A-Za-z]\w*$/, 'a field name may have letters, digits and underscores'), fieldSchema)
      .default({})
      .meta({ description: 'Values for the {placeholders} of templates.' }),
    mix: z.array(templateSchema).default([]).meta({ description: 'Request templates.' }),
    journeys: journeysSchema.default([]).meta({ description: 'Visits of several requests in order, with a state.' }),
    sources: z
      .array(sourceSchema)
      .default([])
      .meta({ description: 'Recorded requests and libraries, instead of the mix or together with it.' }),
    phases: phasesSchema.optional().meta({ description: 'Several mixes in the window, one after the other.' }),
    engine: z
      .enum(ENGINES)
      .default('auto')
      .meta({ description: 'What sends the traffic; auto takes h2 for HTTP/2, and wire otherwise.' }),
    schedule: scheduleSchema.default({ kind: 'bursts' }).meta({ description: 'How requests are spread in time.' }),
    protocol: protocolSchema.optional().meta({ description: 'What clients speak: http1 unless stated, or http2.' }),
    tls: tlsSchema.optional().meta({ description: 'TLS towards the entry: true, or how.' }),
    proxyProtocol: proxyProtocolSchema.optional().meta({
      description:
        'Version of the PROXY protocol with which each connection states another client; none unless stated.',
    }),
    keepAlive: keepAliveSchema
      .optional()
      .meta({ description: 'When clients close their connections; as late as the entry lets them unless stated.' }),
    reconnect: reconnectSchema.optional().meta({
      description:
        'Many reconnects at once: before each request of this number, all connections are closed and opened again.',
    }),
    repeat: z
      .int()
      .min(FEWEST_REPEATED)
      .max(MOST_REPEATED)
      .optional()
      .meta({
        description:
          'Only this number of requests, sent again and again, so that caches are full after the first time. Such a ' +
          'run never passes: what grows with new requests is not seen.',
        example: 300,
      }),
    blocks: z.enum(['auto', 'off']).default('auto').meta({
      description:
        'auto: the shares of labels vary over the judged window by design, so that growth is attributed to them.',
    }),
    blockedStatuses: z
      .array(status)
      .min(1)
      .default([403])
      .meta({ description: 'Statuses that mean that the WAF blocked a request.' }),
  })
  .meta({ description: 'What is sent to both versions.', example: '{ mix: [{ label: home, request: "GET /" }] }' })
  .superRefine((traffic, context) => {
    const { mix, journeys, sources, schedule } = traffic;
    const wrong = (path: string, message: string): void => context.addIssue({ code: 'custom', message, path: [path] });
    if (mix.length === 0 && journeys.length === 0 && sources.length === 0)
      wrong('mix', 'expected a request template here, a journey in traffic.journeys, or a source in traffic.sources');
    for (const { path, message } of [...clientFaults(traffic), ...phaseFaults(traffic), ...journeyFaults(traffic)])
      context.addIssue({ code: 'custom', message, path: [...path] });
    const [only] = sources;
    const alone =
      mix.length === 0 &&
      journeys.length === 0 &&
      sources.length === 1 &&
      only !== undefined &&
      only.kind !== 'library' &&
      only.order === 'recorded';
    if (schedule.kind === 'recorded' && !alone)
      wrong('schedule', 'the recorded schedule needs exactly one recorded source, in its recorded order');
  });
