import * as z from 'zod';
import {
  ATTACK_CLASSES,
  ENGINES,
  IMPORT_FORMATS,
  RATE_MODES,
  type BodyTemplate,
  type CertificateFiles,
  type CorpusSource,
  type FieldGenerator,
  type ImportSource,
  type Journey,
  type JourneyStep,
  type KeepAlive,
  type LibrarySource,
  type MultipartPart,
  type Protocol,
  type ProxyProtocol,
  type RequestBehaviour,
  type RequestTemplate,
  type Schedule,
  type TlsSettings,
  type TrafficPhase,
  type TrafficSettings,
} from '../../model/index.js';
import { amount, exactly, positive, share, textByName, texts, whole } from './exactly.js';

type OfKind<T, K> = Extract<T, { readonly kind: K }>;

const zipf = { zipf: positive.exactOptional() };
const many = { cardinality: whole, ...zipf };

const field = z.discriminatedUnion('kind', [
  exactly<OfKind<FieldGenerator, 'integer'>>()({ kind: z.literal('integer'), from: z.int(), to: z.int(), ...zipf }),
  exactly<OfKind<FieldGenerator, 'oneOf'>>()({ kind: z.literal('oneOf'), values: texts, ...zipf }),
  exactly<OfKind<FieldGenerator, 'word'>>()({ kind: z.literal('word'), ...many }),
  exactly<OfKind<FieldGenerator, 'hex'>>()({ kind: z.literal('hex'), length: whole, ...many }),
  exactly<OfKind<FieldGenerator, 'ipv4'>>()({ kind: z.literal('ipv4'), ...many }),
  exactly<OfKind<FieldGenerator, 'userAgent'>>()({ kind: z.literal('userAgent'), ...many }),
  exactly<OfKind<FieldGenerator, 'uuid'>>()({ kind: z.literal('uuid'), ...many }),
  exactly<OfKind<FieldGenerator, 'text'>>()({ kind: z.literal('text'), bytes: whole, ...many }),
]);

const part = exactly<MultipartPart>()({
  name: z.string(),
  filename: z.string().nullable(),
  contentType: z.string().nullable(),
  text: z.string(),
  file: z.string().exactOptional(),
});

const body = z.discriminatedUnion('kind', [
  exactly<OfKind<BodyTemplate, 'raw'>>()({ kind: z.literal('raw'), contentType: z.string(), text: z.string() }),
  exactly<OfKind<BodyTemplate, 'file'>>()({ kind: z.literal('file'), contentType: z.string(), file: z.string() }),
  exactly<OfKind<BodyTemplate, 'form'>>()({ kind: z.literal('form'), fields: textByName }),
  exactly<OfKind<BodyTemplate, 'json'>>()({ kind: z.literal('json'), value: z.unknown() }),
  exactly<OfKind<BodyTemplate, 'multipart'>>()({ kind: z.literal('multipart'), parts: z.array(part) }),
]);

const behaviour = exactly<RequestBehaviour>()({
  version: z.enum(['1.0', '1.1']).exactOptional(),
  chunks: z.array(whole).exactOptional(),
  breaks: z.array(z.int()).exactOptional(),
  pauseMs: amount.exactOptional(),
  sendBytesPerSecond: positive.exactOptional(),
  readBytesPerSecond: positive.exactOptional(),
  abort: z
    .strictObject({
      of: z.enum(['request', 'response']),
      bytes: whole.nullable(),
      how: z.enum(['close', 'reset']),
    })
    .exactOptional(),
  freshConnection: z.boolean().exactOptional(),
  clientCertificate: whole.exactOptional(),
  session: z.enum(['reuse', 'fresh']).exactOptional(),
  pipelined: z.boolean().exactOptional(),
});

const expectation = z.enum(['passed', 'blocked', 'any']);

const request = {
  label: z.string(),
  expect: expectation,
  method: z.string(),
  path: z.string(),
  headers: textByName,
  body: body.nullable(),
  behaviour: behaviour.exactOptional(),
};
const template = exactly<RequestTemplate>()({ ...request, weight: positive });

const journey = exactly<Journey>()({
  name: z.string(),
  weight: positive,
  users: whole,
  vary: texts,
  steps: z.array(exactly<JourneyStep>()({ ...request, capture: textByName })),
});

const recorded = {
  weight: positive,
  label: z.string().nullable(),
  expect: z.record(z.string(), expectation),
  order: z.enum(['recorded', 'shuffled']),
};

const source = z.discriminatedUnion('kind', [
  exactly<CorpusSource>()({ ...recorded, kind: z.literal('corpus'), file: z.string() }),
  exactly<ImportSource>()({
    ...recorded,
    kind: z.literal('import'),
    format: z.enum(IMPORT_FORMATS),
    paths: texts,
    host: z.string().nullable(),
    exact: z.boolean(),
    strict: z.boolean(),
    keepSecrets: z.boolean(),
    logFormat: z.string().nullable(),
    rules: z.string().exactOptional(),
    onlyHost: texts.exactOptional(),
    labelBy: texts.exactOptional(),
    fields: textByName.exactOptional(),
    from: z.string().exactOptional(),
    to: z.string().exactOptional(),
    mask: texts.exactOptional(),
    keep: texts.exactOptional(),
  }),
  exactly<LibrarySource>()({
    kind: z.literal('library'),
    weight: positive,
    classes: z.array(z.enum(ATTACK_CLASSES)),
  }),
]);

const phase = exactly<TrafficPhase>()({
  name: z.string(),
  share,
  mix: z.record(z.string(), amount),
});

const schedule = z.discriminatedUnion('kind', [
  exactly<OfKind<Schedule, 'bursts'>>()({ kind: z.literal('bursts') }),
  exactly<OfKind<Schedule, 'constant'>>()({ kind: z.literal('constant') }),
  exactly<OfKind<Schedule, 'poisson'>>()({ kind: z.literal('poisson') }),
  exactly<OfKind<Schedule, 'ramp'>>()({ kind: z.literal('ramp'), from: amount }),
  exactly<OfKind<Schedule, 'recorded'>>()({ kind: z.literal('recorded'), speed: positive }),
]);

const protocol = z.discriminatedUnion('kind', [
  exactly<OfKind<Protocol, 'http1'>>()({ kind: z.literal('http1') }),
  exactly<OfKind<Protocol, 'http2'>>()({ kind: z.literal('http2'), streams: whole }),
]);

const tls = exactly<TlsSettings>()({
  verify: z.boolean(),
  authority: z.string().nullable(),
  serverName: z.string().nullable(),
  session: z.enum(['reuse', 'fresh']),
  clientCertificates: z.array(exactly<CertificateFiles>()({ cert: z.string(), key: z.string() })),
});

export const traffic = exactly<TrafficSettings>()({
  seed: z.number(),
  rate: positive,
  rateMode: z.enum(RATE_MODES).exactOptional(),
  host: z.string(),
  fields: z.record(z.string(), field),
  mix: z.array(template),
  journeys: z.array(journey).exactOptional(),
  sources: z.array(source).exactOptional(),
  phases: z.array(phase).min(1).exactOptional(),
  engine: z.enum(ENGINES).exactOptional(),
  schedule: schedule.exactOptional(),
  protocol: protocol.exactOptional(),
  tls: tls.exactOptional(),
  proxyProtocol: exactly<ProxyProtocol>()({ version: z.literal([1, 2]), addresses: whole }).exactOptional(),
  keepAlive: exactly<KeepAlive>()({ requests: whole.exactOptional(), seconds: amount.exactOptional() }).exactOptional(),
  reconnectEvery: whole.exactOptional(),
  repeat: whole.exactOptional(),
  blocks: z.enum(['auto', 'off']).exactOptional(),
  blockedStatuses: z.array(z.int().min(100).max(999)),
});
