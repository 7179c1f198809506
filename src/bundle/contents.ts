import * as z from 'zod';
import { SlopegateError } from '../model/index.js';

/** What is written today, and all that is read. */
export const BUNDLE_SCHEMA = 'slopegate.bundle/1';

/** The first file of a bundle: it names the others. */
export const CONTENTS_FILE = 'bundle.json';
/** The second one, if the bundle is signed. */
export const SIGNATURE_FILE = 'signature.json';

/** A name without folders, so that nothing is written elsewhere. */
const NAME = /^[a-z][a-z-]*\.[a-z]+$/;

const contentsSchema = z.strictObject({
  schema: z.literal(BUNDLE_SCHEMA),
  slopegate: z.string(),
  runId: z.string(),
  files: z.array(
    z.strictObject({
      path: z.string().regex(NAME),
      bytes: z.int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** What a bundle says of itself: who made it, of which run, and every file with its size and SHA-256 digest. */
export type BundleContents = Readonly<z.infer<typeof contentsSchema>>;
export type BundledFile = BundleContents['files'][number];

export function contentsText(contents: BundleContents): string {
  return `${JSON.stringify(contents, null, 2)}\n`;
}

/** @throws SlopegateError BUNDLE_INVALID */
export function parseContents(text: string): BundleContents {
  const document = jsonOf(text);
  const schema = (document as { schema?: unknown } | null)?.schema;
  if (typeof schema === 'string' && schema.startsWith('slopegate.bundle/') && schema !== BUNDLE_SCHEMA)
    throw new SlopegateError(
      'BUNDLE_INVALID',
      `The bundle has the schema ${schema}; this version reads ${BUNDLE_SCHEMA}.`,
      {
        hint: 'A newer version of slopegate made it: verify it with that version.',
      },
    );
  const parsed = contentsSchema.safeParse(document);
  if (!parsed.success) throw damaged(`${CONTENTS_FILE} does not have the form that slopegate writes.`);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(`${CONTENTS_FILE} is not a JSON document.`);
  }
}

/** The error for a bundle that is not as it was written. */
export function damaged(message: string, cause?: unknown): SlopegateError {
  return new SlopegateError('BUNDLE_INVALID', message, {
    cause,
    hint: 'It was changed or damaged after it was made, or it is not a bundle: get it again from where it was made.',
  });
}
