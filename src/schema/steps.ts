import * as z from 'zod';
import type { Captures, Step, StepBody, StepRequest } from '../model/index.js';
import { endpoint, isPort } from './endpoint.js';
import { checkNames } from './step-names.js';
import { patience } from './units.js';

const REQUEST = /^([A-Z]+) (https?):\/\/([\w.-]+):(\d{1,5})(\/\S*)$/;

const pattern = () =>
  z
    .string()
    .min(1)
    .superRefine((text, context) => {
      const fault = regexFault(text);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    });

function regexFault(text: string): string | null {
  try {
    return RegExp(text, 'm') instanceof RegExp ? null : '';
  } catch (error) {
    return (error as Error).message;
  }
}

const service = () => z.string().min(1).meta({ description: 'A service of the compose files.' });

const captures = z
  .record(
    z.string().regex(/^[A-Za-z]\w*$/, 'a captured name may have letters, digits and underscores'),
    z.string().min(1),
  )
  .default({})
  .meta({
    description:
      'Name → $.path in a JSON body, header:NAME, cookie:NAME, or a regular expression whose first group it is.',
  });

const request = {
  request: z
    .string()
    .regex(
      REQUEST,
      'expected a method and an address of service and port, for example "GET https://mgt:1443/api/open/health"',
    )
    .refine((line) => isPort(REQUEST.exec(line)?.[4] ?? '1'), 'ports go from 1 to 65535')
    .meta({
      description: 'Method and address: service and port inside the container.',
      example: 'GET http://mgt:8080/health',
    }),
  headers: z.record(z.string(), z.string()).default({}).meta({ description: 'Header → value.' }),
  json: z.unknown().optional().meta({ description: 'An application/json body.' }),
  form: z.record(z.string(), z.string()).optional().meta({ description: 'An application/x-www-form-urlencoded body.' }),
  raw: z.string().optional().meta({ description: 'Any other body, as text.' }),
  status: z
    .int()
    .min(100)
    .max(599)
    .nullable()
    .default(null)
    .meta({ description: 'The expected status; default: any from 200 to 299.' }),
  match: pattern().nullable().default(null).meta({ description: 'A regular expression that the body must match.' }),
};

const KINDS = ['waitHealthy', 'waitPort', 'waitLog', 'waitHttp', 'exec', 'http', 'signal'] as const;

/** The keys of a step. An action also has keys for its time. */
export const stepKeys = {
  name: z.string().min(1).optional().meta({ description: 'Its name in reports.' }),
  timeout: patience().prefault('60s').meta({ description: 'How long to wait for it: 60s.' }),
  waitHealthy: z.string().min(1).optional().meta({ description: 'A service whose health check must pass.' }),
  waitPort: endpoint().optional().meta({ description: 'service:port that must accept connections.' }),
  waitLog: z
    .strictObject({ service: service(), pattern: pattern().meta({ description: 'A regular expression.' }) })
    .optional()
    .meta({ description: 'Until a line of the service’s log matches.' }),
  waitHttp: z.strictObject(request).optional().meta({ description: 'Repeated until the answer is as expected.' }),
  exec: z
    .strictObject({
      service: service(),
      command: z
        .array(z.string())
        .min(1)
        .meta({ description: 'Program and arguments, without a shell.', example: '[nginx, -s, reload]' }),
      user: z.string().nullable().default(null).meta({ description: 'Another user than the container’s own.' }),
      capture: captures,
    })
    .optional()
    .meta({ description: 'A command in a container; it must end with 0.' }),
  http: z
    .strictObject({
      ...request,
      capture: captures,
      repeat: z
        .int()
        .min(1)
        .max(1_000_000)
        .default(1)
        .meta({ description: 'How often it is sent; {{n}} counts from 1.' }),
    })
    .optional()
    .meta({ description: 'Sent once, or as often as repeat says.' }),
  signal: z
    .strictObject({
      service: service(),
      signal: z
        .string()
        .regex(/^(SIG)?[A-Z][A-Z0-9+-]*$/, 'expected the name of a signal, for example HUP or USR1')
        .meta({ description: 'Name of the signal.', example: 'HUP' }),
    })
    .optional()
    .meta({ description: 'Sent to the main process of every container of the service; needs no shell in the image.' }),
};

/** Checks that a step does one thing and that a request has one body. */
export function oneThing(value: StepInput, context: z.core.$RefinementCtx): void {
  const kinds = KINDS.filter((kind) => value[kind] !== undefined);
  if (kinds.length !== 1)
    context.addIssue({
      code: 'custom',
      message: `a step does one thing: ${KINDS.join(', ')}${kinds.length === 0 ? '' : `; not ${kinds.join(' and ')}`}`,
    });
  for (const kind of ['waitHttp', 'http'] as const) {
    const bodies = (['json', 'form', 'raw'] as const).filter((body) => value[kind]?.[body] !== undefined);
    if (bodies.length > 1)
      context.addIssue({
        code: 'custom',
        message: `a request has one body, not ${bodies.join(' and ')}`,
        path: [kind, bodies[1]!],
      });
  }
}

const step = z.strictObject(stepKeys).superRefine(oneThing).transform(toStep);

/** Bring-up steps, in order. A `{{name}}` must have been captured by an earlier step. */
export const stepsSchema = z.array(step).superRefine((steps, context) => {
  for (const { index, message } of checkNames(steps)) context.addIssue({ code: 'custom', message, path: [index] });
});

export interface StepInput {
  readonly name?: string | undefined;
  readonly timeout: number;
  readonly waitHealthy?: string | undefined;
  readonly waitPort?: { service: string; port: number } | undefined;
  readonly waitLog?: { service: string; pattern: string } | undefined;
  readonly waitHttp?: RequestInput | undefined;
  readonly exec?: { service: string; command: string[]; user: string | null; capture: Captures } | undefined;
  readonly http?: (RequestInput & { capture: Captures; repeat: number }) | undefined;
  readonly signal?: { service: string; signal: string } | undefined;
}

type RequestInput = {
  request: string;
  headers: Record<string, string>;
  json?: unknown;
  form?: Record<string, string> | undefined;
  raw?: string | undefined;
  status: number | null;
  match: string | null;
};

export function toStep({
  name,
  timeout,
  waitHealthy,
  waitPort,
  waitLog,
  waitHttp,
  exec,
  http,
  signal,
}: StepInput): Step {
  const common = (made: string) => ({ name: name ?? made, timeoutSeconds: timeout });
  if (waitHealthy !== undefined)
    return { ...common(`wait until ${waitHealthy} is healthy`), kind: 'healthy', service: waitHealthy };
  if (waitPort !== undefined)
    return { ...common(`wait for the port ${waitPort.service}:${waitPort.port}`), kind: 'port', endpoint: waitPort };
  if (waitLog !== undefined)
    return { ...common(`wait for /${waitLog.pattern}/ in the log of ${waitLog.service}`), kind: 'log', ...waitLog };
  if (waitHttp !== undefined)
    return { ...common(`wait for ${waitHttp.request}`), kind: 'answer', request: toRequest(waitHttp) };
  if (exec !== undefined)
    return { ...common(`exec ${exec.command[0] ?? ''} in ${exec.service}`), kind: 'exec', ...exec };
  if (signal !== undefined)
    return { ...common(`signal ${signal.signal} to ${signal.service}`), kind: 'signal', ...signal };
  const call = http ?? { request: '', headers: {}, status: null, match: null, capture: {}, repeat: 1 };
  return {
    ...common(call.request),
    kind: 'http',
    request: toRequest(call),
    capture: call.capture,
    repeat: call.repeat,
  };
}

function toRequest({ request: line, headers, json, form, raw, status, match }: RequestInput): StepRequest {
  const [, method = '', scheme = '', service = '', port = '', path = ''] = REQUEST.exec(line) ?? [];
  return {
    method,
    scheme: scheme as 'http' | 'https',
    endpoint: { service, port: Number(port) },
    path,
    headers,
    body: toBody({ json, form, raw }),
    status,
    match,
  };
}

function toBody({ json, form, raw }: Pick<RequestInput, 'json' | 'form' | 'raw'>): StepBody | null {
  if (json !== undefined) return { kind: 'json', value: json };
  if (form !== undefined) return { kind: 'form', fields: form };
  return raw === undefined ? null : { kind: 'raw', text: raw };
}
