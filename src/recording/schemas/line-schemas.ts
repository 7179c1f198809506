import * as z from 'zod';
import {
  ARMS,
  type ActionRecord,
  type CapturedCounts,
  type ContainerEvent,
  type ContainerFacts,
  type OriginCounts,
  type HostLoad,
  type HostSample,
  type TrialPhase,
  type LatencyInWindow,
  type ReplayResult,
  type SetAside,
  type Spread,
} from '../../model/index.js';
import { exactly, share, textByName, texts, whole } from './exactly.js';
import { failure } from './failure-schema.js';
import { noteLine } from './note-schema.js';
import { bytes, moment, requests, seconds } from './possible.js';

const point = exactly<TrialPhase['from']>()({ time: moment, requests });
const spread = exactly<Spread>()({ p50: moment, p99: moment, max: moment });
const sha256 = z.string();
const countByName = z.record(z.string(), requests);

const container = exactly<ContainerFacts>()({
  service: z.string(),
  container: whole,
  image: z.string(),
  imageId: z.string(),
  versions: textByName,
  memoryLimitBytes: bytes.nullable(),
  cpus: z.number().nullable(),
});

const replayResult = exactly<Omit<ReplayResult, 'statuses'> & { readonly statuses: string }>()({
  engine: z.string(),
  planned: requests,
  sent: requests,
  answered: requests,
  aborted: requests.exactOptional(),
  plannedDigest: sha256,
  sentDigest: sha256,
  captured: exactly<CapturedCounts>()({
    taken: countByName,
    missed: countByName,
    complete: countByName,
    incomplete: countByName,
  }).exactOptional(),
  counts: z.record(z.string(), z.record(z.string(), requests)),
  /** Base64, see statuses.ts. It is megabytes long, so no pattern is applied to it. */
  statuses: z.string(),
  passedDigest: sha256,
  passedCount: requests,
  seconds,
  scheduledSeconds: seconds.exactOptional(),
  connections: exactly<NonNullable<ReplayResult['connections']>>()({
    opened: requests,
    resumed: requests,
  }).exactOptional(),
  lateness: spread,
  latency: spread,
  latencyInWindow: exactly<LatencyInWindow>()({
    whole: spread,
    thirds: z.tuple([spread, spread, spread]),
  }).exactOptional(),
});

const load = exactly<HostLoad>()({
  cpu: share.nullable(),
  memory: share.nullable(),
  io: share.nullable(),
  stolen: share.nullable(),
});
const setAside = z.discriminatedUnion('code', [
  exactly<Extract<SetAside, { readonly code: 'disturbed' }>>()({
    code: z.literal('disturbed'),
    lateness: z.number(),
    host: load,
  }),
  exactly<Extract<SetAside, { readonly code: 'interrupted' }>>()({ code: z.literal('interrupted') }),
]);

/** A line of one trial, which `t` names. */
interface OfTrial {
  readonly t: string;
}

/**
 * The lines of a journal by their `k`, which is removed before. Readings are not among them: there are many, and they
 * are checked by hand. A line that differs in any way from its schema cannot be read.
 */
export const LINE_SCHEMAS = {
  /** A later schema may have more here: its name identifies it. */
  journal: z.looseObject({ schema: z.string(), metrics: texts }),
  manifest: z.strictObject({ sha256 }),
  resumed: z.strictObject({ at: z.iso.datetime() }),
  labels: z.strictObject({ names: texts, of: z.string() }),
  asked: z.strictObject({ lines: z.record(z.string().regex(/^\d+$/), z.string()) }),
  note: noteLine,
  trial: z.strictObject({
    t: z.string(),
    arm: z.enum(ARMS),
    replicate: z.int().min(1).max(1e6),
    purpose: z.enum(['replicate', 'confirmation']),
    startedAt: z.string(),
  }),
  clock: z.strictObject({ t: z.string(), at: z.iso.datetime() }),
  containers: z.strictObject({ t: z.string(), containers: z.array(container) }),
  event: exactly<Omit<ContainerEvent, 'log'> & OfTrial>()({
    t: z.string(),
    kind: z.enum(['oom-kill', 'exit', 'restart', 'process-replaced', 'vanished']),
    service: z.string(),
    container: whole,
    time: moment,
    requests,
    detail: z.string(),
  }),
  log: z.strictObject({
    t: z.string(),
    service: z.string(),
    container: whole,
    time: moment,
    text: z.string(),
  }),
  host: exactly<HostSample & OfTrial>()({
    t: z.string(),
    time: moment,
    seconds,
    cpu: share.nullable(),
    memory: share.nullable(),
    io: share.nullable(),
    stolen: share.nullable(),
  }),
  action: exactly<ActionRecord & OfTrial>()({
    t: z.string(),
    name: z.string(),
    service: z.string(),
    due: requests,
    sent: requests,
    time: moment,
    requests,
    seconds,
    failure: failure.nullable(),
  }),
  phase: exactly<TrialPhase & OfTrial>()({
    t: z.string(),
    name: z.enum(['warmup', 'window', 'idle']),
    from: point,
    to: point,
  }),
  replay: z.strictObject({ t: z.string(), result: replayResult }),
  origin: exactly<OriginCounts & OfTrial>()({
    t: z.string(),
    requests,
    digest: sha256,
  }),
  aside: z.strictObject({ t: z.string(), why: setAside }),
  end: z.strictObject({ t: z.string(), failure: failure.nullable() }),
} as const;

export type LineKind = keyof typeof LINE_SCHEMAS;
