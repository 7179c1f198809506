import * as z from 'zod';
import { ATTACK_CLASSES, IMPORT_FORMATS, type ExpectedDecision, type TrafficSource } from '../model/index.js';

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
    .regex(/^[A-Za-z0-9][\w.-]*$/, 'a label is made of letters, digits, dots, dashes and underscores')
    .optional()
    .meta({ description: 'Instead of the labels recorded.' }),
  expect: z
    .record(z.string(), decision)
    .default({})
    .meta({ description: 'What the WAF should do with each label: {attack: blocked}.' }),
  order: z
    .enum(['recorded', 'shuffled'])
    .default('recorded')
    .meta({ description: 'As recorded, or in a seeded order.' }),
};

/** One entry of `traffic.sources`: exactly one of `corpus`, `import` and `library` says what it is. */
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
    host: z.string().optional().meta({ description: 'With import: the Host header instead of the recorded one.' }),
    exact: z.boolean().optional().meta({ description: 'With import: keep every byte.' }),
    strict: z.boolean().optional().meta({ description: 'With import: the first malformed entry is an error.' }),
    keepSecrets: z
      .boolean()
      .optional()
      .meta({ description: 'With import: do not mask passwords, tokens and cookies.' }),
    logFormat: z.string().optional().meta({ description: 'With import of an access log: what its lines are made of.' }),
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
    const { paths = [], host, exact, strict, keepSecrets, logFormat } = source;
    return {
      kind: 'import',
      format: source.import,
      paths,
      host: host ?? null,
      exact: exact ?? false,
      strict: strict ?? false,
      keepSecrets: keepSecrets ?? false,
      logFormat: logFormat ?? null,
      ...common,
    };
  });

/** Keys that only one kind of source has. */
const KEYS: Readonly<Record<string, 'import' | 'library'>> = {
  paths: 'import',
  host: 'import',
  exact: 'import',
  strict: 'import',
  keepSecrets: 'import',
  logFormat: 'import',
  classes: 'library',
};
