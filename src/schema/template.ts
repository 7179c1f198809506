import * as z from 'zod';
import type { BodyTemplate, MultipartPart } from '../model/index.js';
import { behaviourSchema } from './behaviour.js';

const file = z
  .string()
  .min(1)
  .optional()
  .meta({ description: 'A file, sent byte for byte; relative to the scenario.' });

const ONE_CONTENT = 'expected either a text or a file';

const part = z
  .strictObject({
    name: z.string().meta({ description: 'Name of the part.' }),
    filename: z.string().optional().meta({ description: 'File name of the part; it becomes a file.' }),
    type: z.string().optional().meta({ description: 'Its content type.' }),
    text: z.string().optional().meta({ description: 'Its content.' }),
    file,
  })
  .refine(({ text, file: path }) => (text === undefined) !== (path === undefined), ONE_CONTENT)
  .transform(({ name, filename, type, text, file: path }): MultipartPart => ({
    name,
    filename: filename ?? null,
    contentType: type ?? null,
    text: text ?? '',
    ...(path === undefined ? {} : { file: path }),
  }));

const raw = z
  .strictObject({
    type: z.string().meta({ description: 'Content type.' }),
    text: z.string().optional().meta({ description: 'What is sent.' }),
    file,
  })
  .refine(({ text, file: path }) => (text === undefined) !== (path === undefined), ONE_CONTENT);

const REQUEST_LINE = /^([A-Za-z][A-Za-z-]*) (\/\S*)$/;

/** The keys that templates of the mix and steps of a journey have in common. */
export const requestShape = {
  label: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]*$/, 'a label may have letters, digits, dots, dashes and underscores')
    .meta({ description: 'Groups requests in reports.', example: 'browse' }),
  expect: z.enum(['passed', 'blocked', 'any']).default('any').meta({ description: 'What the WAF should do with it.' }),
  request: z
    .string()
    .regex(REQUEST_LINE, 'expected a method and a path, for example "GET /products/{id}"')
    .meta({ description: 'Method and path.', example: '"GET /products/{id}"' }),
  headers: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: 'Header → value; ${env:NAME} takes a secret from the environment.' }),
  form: z.record(z.string(), z.string()).optional().meta({ description: 'An application/x-www-form-urlencoded body.' }),
  json: z.unknown().optional().meta({ description: 'An application/json body.' }),
  multipart: z.array(part).min(1).optional().meta({ description: 'A multipart/form-data body.' }),
  raw: raw.optional().meta({ description: 'Any other body, as text or from a file.' }),
  behaviour: behaviourSchema.optional().meta({ description: 'How the client sends it, if not in the usual way.' }),
};

type Shape = z.output<z.ZodObject<typeof requestShape>>;

/** Faults that concern more than one key. */
export function bodyRules(value: Shape, context: z.RefinementCtx): void {
  const bodies = (['form', 'json', 'multipart', 'raw'] as const).filter((kind) => value[kind] !== undefined);
  const wrong = (path: string[], message: string): void => context.addIssue({ code: 'custom', message, path });
  if (bodies.length > 1) wrong([bodies[1]!], `a request has one body, not ${bodies.join(' and ')}`);
  if (value.behaviour?.chunks !== undefined && bodies.length === 0)
    wrong(['behaviour', 'chunks'], 'a request without a body has no chunks');
}

/** The request with its request line split and its body as one value. */
export function toRequest<T extends Shape>({ request, form, json, multipart, raw: stated, behaviour, ...rest }: T) {
  const [, method = '', path = ''] = REQUEST_LINE.exec(request) ?? [];
  const body = bodyOf({ form, json, multipart, raw: stated });
  return { ...rest, method, path, body, ...(behaviour === undefined ? {} : { behaviour }) };
}

function bodyOf({
  form,
  json,
  multipart,
  raw: stated,
}: Pick<Shape, 'form' | 'json' | 'multipart' | 'raw'>): BodyTemplate | null {
  if (form !== undefined) return { kind: 'form', fields: form };
  if (json !== undefined) return { kind: 'json', value: json };
  if (multipart !== undefined) return { kind: 'multipart', parts: multipart };
  if (stated === undefined) return null;
  const { type, text = '', file: path } = stated;
  return path === undefined
    ? { kind: 'raw', contentType: type, text }
    : { kind: 'file', contentType: type, file: path };
}

/** A template of the mix. */
export const templateSchema = z
  .strictObject({
    ...requestShape,
    weight: z.number().positive().default(1).meta({ description: 'Relative share of the trace.' }),
  })
  .superRefine(bodyRules)
  .transform(toRequest);
