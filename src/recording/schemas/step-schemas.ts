import * as z from 'zod';
import type { Action, Endpoint, Moment, RequestSpan, Step, StepBody, StepRequest } from '../../model/index.js';
import { amount, exactly, textByName, texts, whole } from './exactly.js';

type OfKind<T, K> = Extract<T, { readonly kind: K }>;

export const endpoint = exactly<Endpoint>()({ service: z.string(), port: z.int().min(0).max(65_535) });

const stepBody = z.discriminatedUnion('kind', [
  exactly<OfKind<StepBody, 'json'>>()({ kind: z.literal('json'), value: z.unknown() }),
  exactly<OfKind<StepBody, 'form'>>()({ kind: z.literal('form'), fields: textByName }),
  exactly<OfKind<StepBody, 'raw'>>()({ kind: z.literal('raw'), text: z.string() }),
]);

const stepRequest = exactly<StepRequest>()({
  method: z.string(),
  scheme: z.enum(['http', 'https']),
  endpoint,
  path: z.string(),
  headers: textByName,
  body: stepBody.nullable(),
  status: z.int().nullable(),
  match: z.string().nullable(),
});

const common = { name: z.string(), timeoutSeconds: amount };

export const step = z.discriminatedUnion('kind', [
  exactly<OfKind<Step, 'healthy'>>()({ ...common, kind: z.literal('healthy'), service: z.string() }),
  exactly<OfKind<Step, 'port'>>()({ ...common, kind: z.literal('port'), endpoint }),
  exactly<OfKind<Step, 'log'>>()({ ...common, kind: z.literal('log'), service: z.string(), pattern: z.string() }),
  exactly<OfKind<Step, 'answer'>>()({ ...common, kind: z.literal('answer'), request: stepRequest }),
  exactly<OfKind<Step, 'exec'>>()({
    ...common,
    kind: z.literal('exec'),
    service: z.string(),
    command: texts,
    user: z.string().nullable(),
    capture: textByName,
  }),
  exactly<OfKind<Step, 'signal'>>()({
    ...common,
    kind: z.literal('signal'),
    service: z.string(),
    signal: z.string(),
  }),
  exactly<OfKind<Step, 'http'>>()({
    ...common,
    kind: z.literal('http'),
    request: stepRequest,
    capture: textByName,
    repeat: whole,
  }),
]);

const moment = exactly<Moment>()({ of: z.enum(['window', 'requests', 'seconds']), value: amount });
export const action = exactly<Action>()({ at: moment.nullable(), every: moment.nullable(), step });
export const span = exactly<RequestSpan>()({ requests: amount, seconds: amount });
