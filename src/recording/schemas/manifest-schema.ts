import * as z from 'zod';
import {
  ARMS,
  CALIBRATION_SCHEMA,
  DIFFERENCE_KINDS,
  RECORDING_SCHEMAS,
  type Calibration,
  type HostFacts,
  type Manifest,
  type PhaseSpan,
  type RampAnswer,
  type RampStep,
  type RateRamp,
  type RecordedDifference,
  type ScatterPoint,
  type TrafficBlocks,
} from '../../model/index.js';
import { amount, exactly, share, textByName, texts, whole } from './exactly.js';
import { rampObjection } from './failure-schema.js';
import { note } from './note-schema.js';
import { requests } from './possible.js';
import { scenario } from './scenario-schema.js';

const host = exactly<HostFacts>()({
  os: z.string(),
  kernel: z.string(),
  architecture: z.string(),
  cpus: amount,
  cpuModel: z.string(),
  memoryBytes: amount,
  swapBytes: amount.nullable(),
  cgroupVersion: z.union([z.literal(1), z.literal(2)]).nullable(),
  docker: z.string(),
  dockerApi: z.string(),
  storageDriver: z.string().exactOptional(),
  compose: z.string(),
  node: z.string(),
  slopegate: z.string(),
});

const blocks = exactly<TrafficBlocks>()({
  groups: z.array(texts.min(1)).min(2),
  first: requests,
  counts: z.array(z.array(requests)).min(2),
}).refine(({ groups, counts }) => counts.every((block) => block.length === groups.length), {
  error: 'each block must have one count for each group',
});

const trace = exactly<NonNullable<Manifest['trace']>>()({
  seed: z.number(),
  digest: z.string(),
  requests,
  labels: z.record(z.string(), requests),
  engine: z.string().exactOptional(),
  blocks: blocks.exactOptional(),
  phases: z.array(exactly<PhaseSpan>()({ name: z.string(), from: requests, to: requests })).exactOptional(),
});

const scatter = exactly<ScatterPoint>()({
  seconds: amount,
  requests: amount,
  deviation: amount,
  differences: z.array(z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER)),
});

const calibration = exactly<Calibration>()({
  schema: z.literal(CALIBRATION_SCHEMA),
  key: z.string(),
  madeAt: z.string(),
  runId: z.string(),
  scenario: z.string(),
  replicates: whole,
  images: textByName,
  scatter: z.record(z.string(), z.array(scatter)),
});

const rampAnswer = exactly<RampAnswer>()({
  planned: requests,
  answered: requests,
  seconds: amount,
  lateness: amount,
  latency: amount,
});
const rampArms = z.partialRecord(z.enum(ARMS), rampAnswer);
/** Before schema 4 the objections to a rate were one sentence. */
const olderRampStep = z
  .strictObject({ rate: amount, arms: rampArms, objection: z.string().nullable() })
  .transform(({ rate, arms, objection }): RampStep => ({
    rate,
    arms,
    objections: objection === null ? [] : [{ code: 'older-objection', facts: { text: objection } }],
  }));
const rampStep: z.ZodType<RampStep> = z.union([
  exactly<RampStep>()({ rate: amount, arms: rampArms, objections: z.array(rampObjection) }),
  olderRampStep,
]);
const ramp = exactly<RateRamp>()({ steps: z.array(rampStep), sustained: amount, share, rate: amount });

const armDifference = exactly<RecordedDifference>()({
  kind: z.enum(DIFFERENCE_KINDS),
  service: z.string().nullable(),
  path: z.string(),
  baseline: z.string().nullable(),
  candidate: z.string().nullable(),
});

/** The complete manifest: every part of it is checked. */
export const manifestSchema = exactly<Manifest>()({
  schema: z.enum(RECORDING_SCHEMAS),
  runId: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  scenario,
  // A run always has one. Only series that another tool recorded have none.
  trace,
  host: host.nullable(),
  candidateHost: host.nullable().exactOptional(),
  daemons: texts.exactOptional(),
  armDigests: z.strictObject({ baseline: z.string(), candidate: z.string() }).exactOptional(),
  armDifferences: z.array(armDifference).exactOptional(),
  notes: z.array(note),
  calibration: calibration.nullable().exactOptional(),
  ramp: ramp.nullable().exactOptional(),
});
