import * as z from 'zod';
import {
  ALLOWANCES,
  CONFIRMATIONS,
  FINDING_KINDS,
  LENS_SETTINGS,
  OBSERVE_SOURCES,
  OUTBOUND_SETTINGS,
  SEVERITIES,
  type Acceptance,
  type ArmSettings,
  type ExperimentSettings,
  type GateSettings,
  type IdentitySettings,
  type ObserveSettings,
  type ReadySettings,
  type Scenario,
  type StackSettings,
} from '../../model/index.js';
import { amount, exactly, positive, share, textByName, texts } from './exactly.js';
import { action, endpoint, span, step } from './step-schemas.js';
import { traffic } from './traffic-schemas.js';

const ready = exactly<ReadySettings>()({ path: z.string(), status: z.int(), timeoutSeconds: amount });

const arm = exactly<ArmSettings>()({
  label: z.string(),
  compose: texts,
  environment: textByName,
  host: z.string().nullable().exactOptional(),
  omit: texts.exactOptional(),
  without: texts.exactOptional(),
  images: textByName.exactOptional(),
  entry: endpoint.nullable().exactOptional(),
  ready: ready.nullable().exactOptional(),
  steps: z.array(step).nullable().exactOptional(),
  upgraded: z.array(step).exactOptional(),
});

const stack = exactly<StackSettings>()({
  entry: endpoint,
  origin: endpoint.nullable(),
  ready,
  limits: z.strictObject({ memoryBytes: amount.nullable(), cpus: positive.nullable() }),
  roles: textByName,
  unjudged: texts,
  allow: z.array(z.enum(ALLOWANCES)).exactOptional(),
  steps: z.array(step).exactOptional(),
  upgrade: z.enum(['none', 'in-place']).exactOptional(),
  build: z.enum(['always', 'if-missing']).exactOptional(),
  outbound: z.enum(OUTBOUND_SETTINGS).exactOptional(),
});

const looks = z
  .array(z.int().min(2).max(1000))
  .min(1)
  .refine((counts) => counts.every((count, place) => place === 0 || count > (counts[place - 1] as number)), {
    error: 'looks must rise',
  });

const experiment = exactly<ExperimentSettings>()({
  order: z.enum(['concurrent', 'interleaved']),
  looks,
  warmup: span,
  window: span,
  idleSeconds: amount,
  actions: z.array(action).exactOptional(),
});

const chance = z.number().gt(0).max(0.5);

const acceptance = exactly<Acceptance>()({
  finding: z.enum(FINDING_KINDS),
  service: z.string().nullable(),
  reason: z.string(),
  owner: z.string(),
  expires: z.string(),
});

const gate = exactly<GateSettings>()({
  marginBytesPerRequest: positive,
  marginBytesPerHour: positive.exactOptional(),
  production: z.strictObject({ ratePerSecond: positive, headroomBytes: amount, surviveSeconds: positive }).nullable(),
  alpha: z.strictObject({ fail: chance, pass: chance, guard: chance }),
  lookWeights: z
    .array(z.number().gt(0).max(1))
    .refine((weights) => Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-9, {
      error: 'the weights of the looks must sum to 1',
    }),
  confirm: z.enum(CONFIRMATIONS),
  prior: z.enum(['none', 'steps', 'calibration']).exactOptional(),
  findings: z.partialRecord(z.enum(FINDING_KINDS), z.enum(SEVERITIES)),
  accepted: z.array(acceptance).exactOptional(),
});

/** A scenario as it is in a manifest: every default was filled in before the run. */
export const scenario = exactly<Scenario>()({
  name: z.string(),
  description: z.string(),
  file: z.string(),
  expect: z.enum(['pass', 'fail', 'same']).nullable(),
  arms: z.strictObject({ baseline: arm, candidate: arm }),
  stack,
  observe: exactly<ObserveSettings>()({
    source: z.enum(OBSERVE_SOURCES),
    sidecar: z.boolean(),
    lens: z.enum(LENS_SETTINGS).exactOptional(),
  }).exactOptional(),
  traffic,
  experiment,
  identity: exactly<IdentitySettings>()({ decisionTolerance: share, paceTolerance: amount }),
  gate,
}).refine(({ experiment: { looks: planned }, gate: { lookWeights } }) => planned.length === lookWeights.length, {
  error: 'there must be one weight for each look',
  path: ['gate', 'lookWeights'],
});
