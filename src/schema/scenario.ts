import * as z from 'zod';
import { LENS_SETTINGS, OBSERVE_SOURCES } from '../model/index.js';
import { experimentSchema } from './experiment.js';
import { gateSchema, identitySchema } from './gate.js';
import { armSchema, candidateSchema, stackSchema } from './stack.js';
import { trafficSchema } from './traffic.js';

const observe = z
  .strictObject({
    source: z.enum(OBSERVE_SOURCES).default('auto').meta({
      description:
        'cgroup: the kernel’s files on this host. stats: Docker’s stats API. auto: cgroup if it is readable.',
    }),
    sidecar: z
      .boolean()
      .default(false)
      .meta({
        description:
          'With the stats API: whether a small helper container beside each container counts its ' +
          'processes, descriptors and sockets.',
      }),
    lens: z
      .enum(LENS_SETTINGS)
      .optional()
      .meta({
        description:
          'auto: a small library is preloaded into every service where that works, and counts its live heap to the ' +
          'byte. It is shown beside the growth. off unless the preset says otherwise.',
      }),
  })
  .meta({ description: 'Where memory is read.' });

/** The scenario file as users write it. `toScenario` converts the output into the model. */
export const scenarioSchema = z.strictObject({
  slopegate: z
    .literal(1, { error: ({ input }) => (input === undefined ? undefined : versionFault(input)) })
    .meta({ description: 'Version of this file format.', example: 1 }),
  extends: z.string().optional().meta({
    description: 'Another scenario file. Keys of this file override its keys; maps are merged, lists are replaced.',
  }),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'a name may have lower-case letters, digits and dashes')
    .max(100)
    .meta({ description: 'Names the run and its folder.', example: 'my-waf-upgrade' }),
  description: z.string().default('').meta({ description: 'Shown in the report.' }),
  expect: z.enum(['pass', 'fail', 'same']).optional().meta({
    description:
      'The verdict that you expect; shown beside the verdict. same: both arms are the same version on purpose.',
  }),
  arms: z
    .strictObject({ baseline: armSchema, candidate: candidateSchema })
    .meta({ description: 'The version that you run now, and the one that you may upgrade to.' }),
  stack: stackSchema,
  observe: observe.prefault({}),
  traffic: trafficSchema,
  experiment: experimentSchema.prefault({}),
  gate: gateSchema.prefault({}),
  identity: identitySchema.prefault({}),
});

export type ScenarioFile = z.output<typeof scenarioSchema>;

function versionFault(input: unknown): string {
  return typeof input === 'number' && input > 1
    ? `this file is written for a newer slopegate (format ${input}); this one reads format 1`
    : 'the version of the file format is 1: write slopegate: 1';
}

/** The library drops the examples of converted values. Ours are under a key of their own until here. */
function withExample({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  const { example } = jsonSchema;
  if (example === undefined) return;
  delete jsonSchema['example'];
  jsonSchema['examples'] = [example];
}

/** JSON Schema of the file format, for editors. Keys that begin with `x-` belong to the author, as in Compose. */
export function scenarioJsonSchema(): object {
  return {
    ...z.toJSONSchema(scenarioSchema, { io: 'input', override: withExample }),
    title: 'slopegate scenario',
    patternProperties: { '^x-': {} },
  };
}
