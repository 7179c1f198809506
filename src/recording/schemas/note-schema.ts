import * as z from 'zod';
import type { CountedCall, MergedRun, Note, RunNoteFacts, UncountedProgram } from '../../model/index.js';
import { exactly, texts, whole } from './exactly.js';

const nothing = z.strictObject({});
const ofService = { service: z.string() };
const calls = z.strictObject({
  ...ofService,
  calls: z.array(exactly<CountedCall>()({ call: z.string(), times: whole })),
});

/** The facts of each note that a run writes; a code without them is a type error. */
const FACTS: { readonly [C in keyof RunNoteFacts]: z.ZodType<RunNoteFacts[C]> } = {
  'older-note': z.strictObject({ text: z.string() }),
  'slab-not-separate': nothing,
  'kernel-memory-not-counted': nothing,
  'sidecar-not-needed': nothing,
  'processes-closed': nothing,
  'huge-pages': nothing,
  'stats-without-processes': nothing,
  'stats-with-sidecar': nothing,
  'stats-once-a-second': nothing,
  'stats-without-shared-memory': nothing,
  'stats-kernel-memory-partial': nothing,
  'pressure-unknown': nothing,
  'lens-sees': z.strictObject({
    ...ofService,
    counted: texts,
    uncounted: z.array(exactly<UncountedProgram>()({ command: z.string(), allocator: z.string().nullable() })),
  }),
  'merged-runs': z.strictObject({
    runs: z.array(
      exactly<MergedRun>()({
        run: z.string(),
        replicates: z.array(whole),
        confirms: z.boolean(),
        processor: z.string(),
        cpus: z.number(),
        memoryBytes: z.number(),
        kernel: z.string(),
      }),
    ),
  }),
  'two-hosts': z.strictObject({ processorsCompared: z.boolean() }),
  'restarted-before-load': z.strictObject({ ...ofService, times: whole }),
  'network-not-closed': z.strictObject(ofService),
  'outbound-stopped': z.strictObject({ ...ofService, packets: whole, destinations: texts }),
  'calls-refused': calls,
  'calls-done': calls,
  'answers-given-up': z.strictObject({ answers: whole }),
};

const CODES = Object.keys(FACTS) as (keyof RunNoteFacts)[];
/** Each note with its own facts: the pairs that the type `Note` has. */
const coded = z.union(
  CODES.map((code) => z.strictObject({ code: z.literal(code), facts: FACTS[code], trial: z.string().exactOptional() })),
) as unknown as z.ZodType<Note>;
const olderNote = (text: string): Note => ({ code: 'older-note', facts: { text } });

/** A note of a manifest; before schema 3 it was a sentence. */
export const note: z.ZodType<Note> = z.union([coded, z.string().transform(olderNote)]);

/** The line `note` of a journal; before schema 3 it had a sentence. */
export const noteLine: z.ZodType<Note> = z.union([
  coded,
  z.strictObject({ text: z.string() }).transform(({ text }) => olderNote(text)),
]);
