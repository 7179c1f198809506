import * as z from 'zod';

const number = z.number();
const known = number.nullable();
const estimate = z.object({ value: number, lower: number, upper: number, confidence: number });
const testedAndMeant = z.object({ tested: number, meant: number });
const latency = z.object({ p50: number, p99: number, max: number }).nullable();
const series = z.object({ time: z.array(number), bytes: z.array(number), tasks: z.array(known) });

const application = z.object({
  number,
  time: number,
  sent: number,
  seconds: number,
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  before: known,
  after: known,
  isUnsettled: z.boolean(),
  left: known,
  lost: known,
  down: number,
});

/** With the numbers of each reason: its sentence needs them. */
const reason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('remedy-cut-off'), facts: z.object({ error: z.string() }) }),
  z.object({ code: z.literal('remedy-other-image'), facts: z.object({ service: z.string() }) }),
  z.object({ code: z.literal('remedy-failed'), facts: z.object({ failed: number, of: number }) }),
  z.object({ code: z.literal('remedy-service-ended'), facts: z.object({ ends: number }) }),
  z.object({ code: z.literal('remedy-too-few'), facts: z.object({ known: number, needed: number }) }),
  z.object({ code: z.literal('remedy-old-processes'), facts: z.object({ settled: number, needed: number }) }),
  z.object({ code: z.literal('remedy-no-growth'), facts: z.object({ climb: number, expected: number }) }),
  z.object({ code: z.literal('remedy-growth-unknown'), facts: z.object({}) }),
  z.object({ code: z.literal('remedy-no-help'), facts: z.object({ left: number, climb: number }) }),
  z.object({ code: z.literal('remedy-slows'), facts: z.object({ first: number, second: number }) }),
  z.object({ code: z.literal('remedy-interval-too-long'), facts: z.object({ peak: number, limit: number }) }),
  z.object({ code: z.literal('remedy-unsteady'), facts: z.object({ upper: number, givenBack: number }) }),
  z.object({ code: z.literal('remedy-imprecise'), facts: z.object({ seconds: number, wanted: number }) }),
]);

const test = z.object({
  startedAt: z.string(),
  seconds: number,
  candidate: z.string(),
  images: z.record(z.string(), z.string()),
  remedy: z.object({
    kind: z.enum(['restart', 'signal', 'command']),
    service: z.string(),
    detail: z.string().nullable(),
  }),
  rate: testedAndMeant,
  every: testedAndMeant,
  requestsBetween: testedAndMeant,
  survive: number,
  growth: number,
  limit: z.object({ bytes: number, source: z.enum(['production', 'limit', 'host']) }),
  applications: z.array(application),
  climb: known,
  givenBack: known,
  left: estimate.nullable(),
  peak: known,
  secondsToLimit: z.object({ estimate: known, earliest: known }),
  lost: known,
  latency: z.object({ with: latency, without: latency }),
  outcome: z.enum(['holds', 'leaks-itself', 'no-help', 'not-shown']),
  reasons: z.array(reason),
  series: z.object({ with: series, without: series.nullable() }),
});

/** `remedy.json`: the remedies that were tested for a run. */
export const remediesSchema = z.object({ schema: z.literal('slopegate.remedy/1'), tests: z.array(test) });
