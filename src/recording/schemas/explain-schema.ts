import * as z from 'zod';
import {
  METRICS,
  type BlockGrowth,
  type ExplainedFrame,
  type ExplainedStack,
  type HeapGrowth,
  type HeapUnread,
  type MappingGrowth,
  type SampledHeap,
  type StackGrowth,
} from '../../model/index.js';
import type { ExplainedRun, Explanation, KnownGrowth } from '../../results/index.js';
import { EXPLAIN_SCHEMA } from '../../results/index.js';
import { amount, exactly, textByName, texts, whole } from './exactly.js';

const number = z.number();
const estimate = z.strictObject({ value: number, lower: number, upper: number, confidence: number });
const onBoth = <T extends z.ZodType>(schema: T) => z.strictObject({ baseline: schema, candidate: schema });

const known = exactly<KnownGrowth>()({
  role: z.string(),
  metric: z.string(),
  unit: z.string(),
  difference: estimate,
  perHour: number,
  loadWords: z.string(),
  parts: z.array(z.strictObject({ metric: z.enum(METRICS), counted: z.boolean(), difference: estimate.nullable() })),
});

const run = exactly<ExplainedRun>()({
  runId: z.string(),
  outcome: z.enum(['pass', 'fail', 'inconclusive', 'invalid']),
  grown: z.array(known),
  changed: z.string().nullable(),
  otherImages: texts,
});

const frame = exactly<ExplainedFrame>()({
  name: z.string().nullable(),
  file: z.string().nullable(),
  line: whole.exactOptional(),
  package: z.string().nullable(),
});
const sampledHeap = exactly<SampledHeap>()({ service: z.string(), heap: z.enum(['malloc', 'javascript']) });
const growth = exactly<StackGrowth>()({ bytes: number, error: amount });
const stack = exactly<ExplainedStack>()({
  service: z.string(),
  frames: z.array(frame),
  baseline: growth,
  candidate: growth,
});

const mapping = exactly<MappingGrowth>()({ service: z.string(), mapping: z.string(), growth: onBoth(number) });
const blocks = exactly<BlockGrowth>()({ bytes: whole, growth: onBoth(number) });
const heap = exactly<HeapGrowth>()({
  service: z.string(),
  inUse: onBoth(number),
  free: onBoth(number),
  blocks: z.array(blocks),
});
const unread = exactly<HeapUnread>()({
  service: z.string(),
  reason: z.enum(['not-here', 'no-glibc', 'other-allocator', 'other-machine', 'too-large', 'not-consistent']),
  detail: z.string().nullable(),
});

/** `explanation.json`: what keeps the memory, by the last diagnosis after a run. */
export const explanationSchema = exactly<Explanation>()({
  schema: z.literal(EXPLAIN_SCHEMA),
  scenario: z.string(),
  startedAt: z.string(),
  seconds: amount,
  labels: onBoth(z.string()),
  images: onBoth(textByName),
  run: run.nullable(),
  requests: whole,
  total: onBoth(growth).nullable(),
  stacks: z.array(stack),
  unseen: texts,
  partly: z.array(sampledHeap),
  lost: whole,
  mappings: z.array(mapping),
  heaps: z.array(heap),
  heapsUnread: z.array(unread),
  replaced: texts,
});
