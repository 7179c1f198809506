import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RECORDING_SCHEMA, SlopegateError, type Manifest } from '../../model/index.js';
import { MANIFEST_FILE } from '../files.js';

const blocks = z.object({
  groups: z.array(z.array(z.string())).min(2),
  first: z.number(),
  counts: z.array(z.array(z.number())).min(2),
});
const phases = z.array(z.object({ name: z.string(), from: z.number(), to: z.number() }));

/** What reading a recording rests on; the rest of the scenario was validated before the run and is taken as written. */
const manifestSchema = z.looseObject({
  runId: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  scenario: z.looseObject({
    name: z.string(),
    arms: z.looseObject({
      baseline: z.looseObject({ label: z.string() }),
      candidate: z.looseObject({ label: z.string() }),
    }),
    stack: z.looseObject({ roles: z.record(z.string(), z.string()) }),
    experiment: z.looseObject({}),
    gate: z.looseObject({}),
  }),
  trace: z
    .looseObject({ digest: z.string(), requests: z.number(), blocks: blocks.optional(), phases: phases.optional() })
    .nullable(),
  host: z.looseObject({}).nullable(),
  notes: z.array(z.string()),
});

/** @throws SlopegateError RUN_UNREADABLE */
export async function readManifest(directory: string): Promise<Manifest> {
  const path = join(directory, MANIFEST_FILE);
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new SlopegateError('RUN_UNREADABLE', `${directory} holds no readable ${MANIFEST_FILE}.`, {
      cause,
      hint: 'Name the folder of a run: a folder under reports/ with manifest.json and journal.ndjson in it.',
    });
  }
  const schema = (document as { schema?: unknown } | null)?.schema;
  if (schema !== RECORDING_SCHEMA)
    throw new SlopegateError(
      'RUN_UNREADABLE',
      `${path} has the schema ${JSON.stringify(schema)}; this version reads ${RECORDING_SCHEMA}.`,
      {
        hint: 'Read it with the version of slopegate that wrote it, or with a newer one.',
      },
    );
  const parsed = manifestSchema.safeParse(document);
  if (!parsed.success)
    throw new SlopegateError('RUN_UNREADABLE', `${path} is not a whole manifest:\n${z.prettifyError(parsed.error)}`, {
      cause: parsed.error,
      hint: 'It was changed after the run; restore it.',
    });
  return document as Manifest;
}
