import { z } from 'zod';
import { ARMS } from '../../model/index.js';

const point = z.object({ time: z.number(), requests: z.number() });
const spread = z.object({ p50: z.number(), p99: z.number(), max: z.number() });

/**
 * The lines of a journal by their `k`, all but the readings: those are many and checked by hand. Keys that a newer
 * version adds are let pass; a line that lacks what is asked for here counts as unreadable.
 */
export const LINE_SCHEMAS = {
  journal: z.object({ schema: z.string(), metrics: z.array(z.string()) }),
  labels: z.object({ names: z.array(z.string()), of: z.string() }),
  asked: z.object({ lines: z.record(z.string(), z.string()) }),
  note: z.object({ text: z.string() }),
  trial: z.object({
    t: z.string(),
    arm: z.enum(ARMS),
    replicate: z.number(),
    purpose: z.enum(['replicate', 'confirmation']),
    startedAt: z.string(),
  }),
  containers: z.object({
    t: z.string(),
    containers: z.array(
      z.object({
        service: z.string(),
        container: z.number(),
        image: z.string(),
        imageId: z.string(),
        versions: z.record(z.string(), z.string()),
        memoryLimitBytes: z.number().nullable(),
        cpus: z.number().nullable(),
      }),
    ),
  }),
  event: z.object({
    t: z.string(),
    kind: z.enum(['oom-kill', 'exit', 'restart', 'process-replaced', 'vanished']),
    service: z.string(),
    container: z.number(),
    time: z.number(),
    requests: z.number(),
    detail: z.string(),
  }),
  log: z.object({ t: z.string(), service: z.string(), container: z.number(), time: z.number(), text: z.string() }),
  action: z.object({
    t: z.string(),
    name: z.string(),
    service: z.string(),
    due: z.number(),
    sent: z.number(),
    time: z.number(),
    requests: z.number(),
    seconds: z.number(),
    failure: z.string().nullable(),
  }),
  phase: z.object({ t: z.string(), name: z.enum(['warmup', 'window', 'idle']), from: point, to: point }),
  replay: z.object({
    t: z.string(),
    result: z.looseObject({
      engine: z.string(),
      planned: z.number(),
      sent: z.number(),
      answered: z.number(),
      plannedDigest: z.string(),
      sentDigest: z.string(),
      counts: z.record(z.string(), z.record(z.string(), z.number())),
      /** Base64, see statuses.ts; megabytes long, so no pattern is tried on it. */
      statuses: z.string(),
      passedDigest: z.string(),
      passedCount: z.number(),
      seconds: z.number(),
      lateness: spread,
      latency: spread,
    }),
  }),
  origin: z.object({ t: z.string(), requests: z.number(), digest: z.string() }),
  end: z.object({ t: z.string(), failure: z.string().nullable() }),
} as const;

export interface ReadingLine {
  /** Trial. */
  readonly t: string;
  /** Service, and container within it. */
  readonly s: string;
  readonly c: number;
  /** Elapsed seconds, and requests answered. */
  readonly e: number;
  readonly n: number;
  readonly m: readonly (number | null)[];
  readonly d: readonly (number | null)[];
}

export function isReadingLine(line: object): line is ReadingLine {
  const { t, s, c, e, n, m, d } = line as Partial<ReadingLine>;
  return (
    typeof t === 'string' &&
    typeof s === 'string' &&
    typeof c === 'number' &&
    typeof e === 'number' &&
    typeof n === 'number' &&
    Array.isArray(m) &&
    Array.isArray(d)
  );
}
