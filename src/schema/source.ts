import * as z from 'zod';
import {
  ATTACK_CLASSES,
  CHOICE_KEYS,
  choiceFaults,
  IMPORT_CHOICES,
  IMPORT_FORMATS,
  type ExpectedDecision,
  type StatedChoices,
  type TrafficSource,
} from '../model/index.js';

const weight = z
  .number()
  .positive()
  .default(1)
  .meta({ description: 'Relative share of the trace, beside the mix and the other sources.' });
const decision = z.enum(['passed', 'blocked', 'any']);

const recorded = {
  weight,
  label: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]*$/, 'a label may have letters, digits, dots, dashes and underscores')
    .optional()
    .meta({ description: 'Replaces the recorded labels.' }),
  expect: z
    .record(z.string(), decision)
    .default({})
    .meta({ description: 'What the WAF should do with each label: {attack: blocked}.' }),
  order: z
    .enum(['recorded', 'shuffled'])
    .default('recorded')
    .meta({ description: 'The recorded order, or a random order from the seed.' }),
};

const text = z.string().min(1);

/** The choices that `slopegate import` has as options. */
const choices = {
  host: choice('host', text),
  onlyHost: choice('onlyHost', z.array(text).min(1)),
  labelBy: choice('labelBy', z.array(text).min(1)),
  rules: choice('rules', text),
  logFormat: choice('logFormat', text),
  fields: choice('fields', z.record(z.string(), z.string())),
  from: choice('from', text),
  to: choice('to', text),
  exact: choice('exact', z.boolean()),
  strict: choice('strict', z.boolean()),
  keepSecrets: choice('keepSecrets', z.boolean()),
  mask: choice('mask', z.array(text).min(1)),
  keep: choice('keep', z.array(text).min(1)),
} satisfies Record<keyof StatedChoices, z.ZodType>;

function choice<T extends z.ZodType>(key: keyof StatedChoices, schema: T) {
  const { description } = IMPORT_CHOICES[key];
  return schema.optional().meta({ description: `With import: ${description}.` });
}

/** One entry of `traffic.sources`. It has exactly one of `corpus`, `import` and `library`. */
export const sourceSchema = z
  .strictObject({
    corpus: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'A file made by "slopegate import", relative to the scenario file.' }),
    import: z.enum(IMPORT_FORMATS).optional().meta({ description: 'A format that is read when the run begins.' }),
    library: z.literal('attacks').optional().meta({ description: 'slopegate’s own attacks.' }),
    paths: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .meta({ description: 'With import: files and folders, relative to the scenario file.' }),
    ...choices,
    classes: z
      .array(z.enum(ATTACK_CLASSES))
      .min(1)
      .optional()
      .meta({ description: 'With library: only these classes.' }),
    ...recorded,
  })
  .superRefine((source, context) => {
    const kinds = (['corpus', 'import', 'library'] as const).filter((kind) => source[kind] !== undefined);
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1)
      return context.addIssue({
        code: 'custom',
        message: 'expected one of: corpus, import, library',
        path: kinds.slice(1, 2),
      });
    const foreign = Object.entries(KEYS).find(
      ([key, owner]) => owner !== kind && source[key as keyof typeof source] !== undefined,
    );
    if (foreign !== undefined)
      context.addIssue({
        code: 'custom',
        message: `belongs to a source with "${foreign[1]}", not with "${kind}"`,
        path: [foreign[0]],
      });
    if (kind === 'import' && source.paths === undefined)
      context.addIssue({ code: 'custom', message: 'an import needs paths', path: ['import'] });
    if (source.import === undefined) return undefined;
    const { label, labelBy } = source;
    if (label !== undefined && labelBy !== undefined)
      context.addIssue({ code: 'custom', message: 'label and labelBy cannot be used together', path: ['labelBy'] });
    for (const { key, message, hint } of choiceFaults(source.import, chosen(source)))
      context.addIssue({ code: 'custom', message: `${message}; ${hint}`, path: [key] });
    return undefined;
  })
  .transform((source): TrafficSource => {
    const { weight, label, expect, order } = source;
    const common = {
      weight,
      label: label ?? null,
      expect: expect as Readonly<Record<string, ExpectedDecision>>,
      order,
    };
    if (source.corpus !== undefined) return { kind: 'corpus', file: source.corpus, ...common };
    if (source.import === undefined) return { kind: 'library', weight, classes: source.classes ?? ATTACK_CLASSES };
    const { paths = [], host = null, exact = false, strict = false, keepSecrets = false, logFormat = null } = source;
    return {
      kind: 'import',
      format: source.import,
      paths,
      ...chosen(source),
      host,
      exact,
      strict,
      keepSecrets,
      logFormat,
      ...common,
    };
  });

/** Keys that only one kind of source has. */
const KEYS: Readonly<Record<string, 'import' | 'library'>> = {
  paths: 'import',
  ...Object.fromEntries(CHOICE_KEYS.map((key) => [key, 'import' as const])),
  classes: 'library',
};

/** The choices that are stated. */
function chosen(source: Readonly<Record<string, unknown>>): StatedChoices {
  return Object.fromEntries(CHOICE_KEYS.flatMap((key) => (source[key] === undefined ? [] : [[key, source[key]]])));
}
