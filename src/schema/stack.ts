import * as z from 'zod';
import { ALLOWANCES, OUTBOUND_SETTINGS } from '../model/index.js';
import { endpoint } from './endpoint.js';
import { stepsSchema } from './steps.js';
import { bytes, patience } from './units.js';

/** Docker does not start a container with less. */
const LEAST_MEMORY = 6 * 2 ** 20;
const LEAST_CPUS = 0.01;
const MOST_CPUS = 512;

const ready = z
  .strictObject({
    path: z
      .string()
      .regex(/^\//, 'a path begins with "/"')
      .default('/')
      .meta({ description: 'The path of the request.', example: '/' }),
    status: z.int().min(100).max(599).default(200).meta({ description: 'The status that the answer must have.' }),
    timeout: patience().prefault('60s').meta({ description: 'How long to wait for it: 60s.' }),
  })
  .meta({ description: 'An arm is ready when this request is answered through the entry.' })
  .transform(({ path, status, timeout }) => ({ path, status, timeoutSeconds: timeout }));

export const armSchema = z
  .strictObject({
    label: z
      .string()
      .min(1)
      .meta({ type: ['string', 'number'], description: 'The name of this version in reports.', example: 'my-waf 1.4' }),
    compose: z
      .union(
        [z.string().min(1), z.array(z.string().min(1)).min(1)],
        'expected the path of a compose file, or a list of paths',
      )
      .transform((files) => (typeof files === 'string' ? [files] : files))
      .meta({
        description: 'Compose files, relative to the scenario file, merged in order.',
        example: 'compose.yml',
      }),
    environment: z
      .record(
        z.string(),
        z
          .string()
          .nullable()
          .meta({ type: ['string', 'number', 'boolean', 'null'] }),
      )
      .default({})
      .meta({
        description:
          'Variables for the compose files, as they are written: 1.10 stays 1.10. ${env:NAME} ' +
          'takes a secret from the environment; no value takes the variable itself from there.',
      }),
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
    without: z
      .array(z.string().regex(/^[^:]+:\/.+$/, 'a mount is named by its service and its path in the container'))
      .default([])
      .meta({
        description: 'Mounts that are left out in this arm: service and path in the container.',
        example: '["console:/app/run"]',
      }),
    images: z.record(z.string().min(1), z.string().min(1)).default({}).meta({
      description: 'Image name without its tag → tag that replaces the one in the compose files; * matches anything.',
      example: '{ "vendor/*": "1.6.14" }',
    }),
    entry: endpoint().nullable().default(null).meta({ description: 'Replaces stack.entry in this arm.' }),
    ready: ready.nullable().default(null).meta({ description: 'Replaces stack.ready in this arm.' }),
    steps: stepsSchema.nullable().default(null).meta({ description: 'Replaces stack.steps in this arm.' }),
    upgraded: stepsSchema.default([]).meta({ description: 'Steps after the restart, if stack.upgrade is in-place.' }),
  })
  .meta({
    description: 'One version of the stack.',
    example: '{ label: my-waf 1.4, compose: compose.yml, environment: { VERSION: 1.4 } }',
  });

/** The same form; its example is another version than that of the baseline. */
export const candidateSchema = armSchema.meta({
  description: 'One version of the stack.',
  example: '{ label: my-waf 1.5, compose: compose.yml, environment: { VERSION: 1.5 } }',
});

const limits = z
  .strictObject({
    memory: bytes()
      .refine(
        (size) => size >= LEAST_MEMORY,
        'too small: Docker starts no container with less than 6MiB, and 0 means no limit',
      )
      .optional()
      .meta({ description: 'Memory of each container: 1GiB.', example: '1GiB' }),
    cpus: z
      .number()
      .min(LEAST_CPUS, `too small: Docker gives no container less than ${LEAST_CPUS} CPUs`)
      .max(MOST_CPUS, `too large: at most ${MOST_CPUS} CPUs are possible`)
      .optional()
      .meta({ description: 'CPUs of each container: 1.5.', example: 1 }),
  })
  .prefault({})
  .transform(({ memory, cpus }) => ({ memoryBytes: memory ?? null, cpus: cpus ?? null }))
  .meta({ description: 'The same limits for every container of both arms.' });

export const stackSchema = z
  .strictObject({
    entry: endpoint().meta({
      description: 'Where traffic enters: a service and its port inside the container.',
      example: 'waf:8080',
    }),
    origin: endpoint().nullable().default(null).meta({
      description: 'Control port of slopegate’s own origin, if the stack has one.',
      example: 'origin:9090',
    }),
    ready: ready.prefault({}),
    limits,
    roles: z
      .record(z.string(), z.string())
      .default({})
      .meta({ description: 'Service → role, for services that have another name in the other version.' }),
    unjudged: z
      .array(z.string())
      .default([])
      .meta({ description: 'Services that are watched and shown, but do not count for the verdict.' }),
    allow: z
      .array(z.enum(ALLOWANCES))
      .default([])
      .meta({
        description:
          'What would otherwise be refused: things of the host that the stack may share, ports that ' +
          'others can reach, hosts that differ.',
      }),
    steps: stepsSchema
      .default([])
      .meta({ description: 'Done after the containers run and before the readiness probe.' }),
    upgrade: z.enum(['none', 'in-place']).default('none').meta({
      description: 'in-place: both arms start as the baseline, then each restarts with its own copy of the data.',
    }),
    build: z
      .enum(['always', 'if-missing'])
      .default('always')
      .meta({
        description:
          'Images with a build in the compose files. always: built before each run, with Docker’s cache; ' +
          'if-missing: an image that is there is used as it is, for hosts without a network.',
      }),
    outbound: z
      .enum(OUTBOUND_SETTINGS)
      .default('bring-up')
      .meta({
        description:
          'What an arm may reach outside of itself. bring-up: everything except this machine, until the load begins; ' +
          'none: nothing; open: anything.',
      }),
  })
  .meta({ description: 'What both versions have in common.', example: '{ entry: "waf:8080" }' });
