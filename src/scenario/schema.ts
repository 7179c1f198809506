import * as z from 'zod';
import { ALLOWANCES, FINDING_KINDS, OBSERVE_SOURCES, SEVERITIES, type Severity } from '../model/index.js';
import { actionsSchema } from './actions-schema.js';
import { place } from './place.js';
import { ALPHA_FAIL, ALPHA_GUARD, ALPHA_PASS, LOOK_WEIGHTS } from '../statistics/method.js';
import { PRESET_NAMES } from './presets.js';
import { stepsSchema } from './steps-schema.js';
import { trafficSchema } from './traffic-schema.js';
import { bytes, duration, margin, rate, share } from './units.js';

const ready = z
  .strictObject({
    path: z.string().startsWith('/').default('/'),
    status: z.int().min(100).max(599).default(200),
    timeout: duration().prefault('60s'),
  })
  .transform(({ path, status, timeout }) => ({ path, status, timeoutSeconds: timeout }));

const arm = z.strictObject({
  label: z.string().min(1),
  compose: z
    .union([z.string(), z.array(z.string()).min(1)])
    .transform((files) => (typeof files === 'string' ? [files] : files))
    .meta({ description: 'Compose files, relative to the scenario file, merged in order.' }),
  environment: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .default({})
    .meta({ description: 'Variables for the compose files; ${env:NAME} takes a secret from the environment.' }),
  host: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .meta({ description: 'Docker daemon that this arm runs on: tcp://…, ssh://… or the name of a context.' }),
  omit: z
    .array(z.string())
    .default([])
    .meta({ description: 'Services of the compose files that this arm does without.' }),
  entry: place().nullable().default(null).meta({ description: 'Where this arm differs from stack.entry.' }),
  ready: ready.nullable().default(null).meta({ description: 'Where this arm differs from stack.ready.' }),
  steps: stepsSchema.nullable().default(null).meta({ description: 'Where this arm differs from stack.steps.' }),
  upgraded: stepsSchema
    .default([])
    .meta({ description: 'Done in place of the steps where stack.upgrade is in-place.' }),
});

const stack = z.strictObject({
  entry: place(),
  origin: place().nullable().default(null),
  ready: ready.prefault({}),
  limits: z
    .strictObject({ memory: bytes().optional(), cpus: z.number().positive().optional() })
    .prefault({})
    .transform(({ memory, cpus }) => ({ memoryBytes: memory ?? null, cpus: cpus ?? null })),
  roles: z.record(z.string(), z.string()).default({}),
  unjudged: z.array(z.string()).default([]),
  allow: z.array(z.enum(ALLOWANCES)).default([]).meta({
    description:
      'What is refused otherwise: things of the host that the stack may share, ports that others can reach, hosts that differ.',
  }),
  steps: stepsSchema.default([]).meta({ description: 'Done once the containers run and before the readiness probe.' }),
  upgrade: z.enum(['none', 'in-place']).default('none').meta({
    description: 'in-place: both arms begin as the baseline, and each goes on with its own copy of the data.',
  }),
});

const observe = z.strictObject({
  source: z.enum(OBSERVE_SOURCES).default('auto').meta({
    description:
      'cgroup: the kernel’s files on this host; stats: Docker’s stats API; auto: the former where they can be read.',
  }),
  sidecar: z.boolean().default(false).meta({
    description:
      'Where the stats API is the source: whether a small container beside each one counts its processes, descriptors and sockets.',
  }),
});

const span = z.strictObject({ requests: z.int().min(0).default(0), seconds: duration().prefault('0s') });

const experiment = z.strictObject({
  preset: z
    .enum(PRESET_NAMES)
    .default('standard')
    .meta({ description: 'Times and looks by name; the keys below override it.' }),
  order: z.enum(['concurrent', 'interleaved']).default('concurrent'),
  looks: z
    .array(z.int().min(2).max(100))
    .min(1)
    .max(Object.keys(LOOK_WEIGHTS).length)
    .refine((looks) => looks.every((look, index) => index === 0 || look > looks[index - 1]!), 'looks must rise')
    .optional()
    .meta({ description: 'Replicate counts at which the evidence is judged.' }),
  warmup: span.optional(),
  window: span.optional(),
  idle: duration().optional(),
  actions: actionsSchema
    .default([])
    .meta({ description: 'Done to both arms while they are under load, each at the same request.' }),
});

const severity = z.enum(SEVERITIES);

const gate = z.strictObject({
  margin: margin().pipe(z.number().positive()).optional(),
  production: z
    .strictObject({
      rate: rate().pipe(z.number().positive()),
      headroom: bytes(),
      survive: duration().pipe(z.number().positive()),
    })
    .optional()
    .meta({ description: 'Production traffic; gives the margin when none is stated: headroom / (rate × survive).' }),
  alpha: z
    .strictObject({
      fail: z.number().gt(0).max(0.05).default(ALPHA_FAIL),
      pass: z.number().gt(0).max(0.05).default(ALPHA_PASS),
      guard: z.number().gt(0).max(0.2).default(ALPHA_GUARD),
    })
    .prefault({}),
  confirm: z.enum(['auto', 'always', 'never']).default('auto'),
  prior: z.enum(['none', 'steps', 'calibration']).default('steps').meta({
    description:
      'What is taken as known of the spread before the run: the size of allocator steps, what this host’s calibration showed, or nothing.',
  }),
  findings: z
    .strictObject(Object.fromEntries(FINDING_KINDS.map((kind) => [kind, severity.optional()])))
    .transform((severities) => severities as Readonly<Record<string, Severity>>)
    .prefault({})
    .meta({
      description: 'Severity of each finding beyond the slope difference; docs/findings.md says what each means.',
    }),
});

const identity = z.strictObject({
  decisionTolerance: share().prefault('1%'),
  paceTolerance: share().prefault('5%'),
});

/** The scenario file as people write it; its output is what `toScenario` turns into the model. */
export const scenarioSchema = z.strictObject({
  slopegate: z.literal(1).meta({ description: 'Version of this file format.' }),
  extends: z
    .string()
    .optional()
    .meta({ description: 'Another scenario file whose keys this one overrides; maps are merged, lists replaced.' }),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a name is made of lower-case letters, digits and dashes'),
  description: z.string().default(''),
  expect: z
    .enum(['pass', 'fail'])
    .optional()
    .meta({ description: 'What you expect of the run; shown beside the verdict.' }),
  arms: z.strictObject({ baseline: arm, candidate: arm }),
  stack,
  observe: observe.prefault({}),
  traffic: trafficSchema,
  experiment: experiment.prefault({}),
  gate: gate.prefault({}),
  identity: identity.prefault({}),
});

export type ScenarioFile = z.output<typeof scenarioSchema>;

/** JSON Schema of the file format, for editors. */
export function scenarioJsonSchema(): object {
  return { ...z.toJSONSchema(scenarioSchema, { io: 'input' }), title: 'slopegate scenario' };
}
