import { remediesOf, type Remedies } from '../facts/index.js';
import { SlopegateError, type Scenario } from '../model/index.js';
import { planRemedy, type RemedyPlan } from '../remedy/index.js';
import type { Remedy, Result } from '../results/index.js';
import { REMEDY_FEWEST, REMEDY_FIRST, REMEDY_SURVIVE_SECONDS } from '../statistics/method.js';
import { duration, list, memory } from '../words/numbers.js';

/** What the user asks to be tested. Times in seconds; null where nothing is stated. */
export interface RemedyOptions {
  /** The folder of a run that failed. */
  readonly run: string;
  readonly service: string | null;
  readonly kind: Remedy['kind'];
  /** Name of the signal, or the command; null for a restart. */
  readonly detail: string | null;
  readonly every: number | null;
  readonly lasts: number | null;
  readonly testEvery: number | null;
  readonly survive: number | null;
}

/** A remedy with everything that its test needs. */
export interface RemedyWish {
  readonly remedy: Remedy;
  readonly computed: Remedies;
  /** Seconds between two applications in production. */
  readonly every: number;
  readonly survive: number;
  readonly plan: RemedyPlan;
  /** Ids of the images that the service had in the candidate of the run. */
  readonly images: readonly string[];
}

/**
 * What is tested, from the run and the options.
 * @throws SlopegateError REMEDY_REFUSED if the run gives no remedy, is of another scenario, or the interval is too
 *   long; USAGE if the load would be too short
 */
export function remedyWish(result: Result, scenario: Scenario, options: RemedyOptions): RemedyWish {
  const { manifest, verdict } = result;
  if (manifest.scenario.name !== scenario.name)
    throw refused(options.run, `This is a run of the scenario ${manifest.scenario.name}, not ${scenario.name}.`, {
      hint: 'Give the scenario file of the run.',
    });
  if (verdict.outcome !== 'fail')
    throw refused(options.run, `The run is ${verdict.outcome.toUpperCase()}: nothing shows that a remedy is needed.`, {
      hint: 'Give a run whose verdict is FAIL.',
    });
  const computed = serviceOf(remediesOf(result), options);
  const every = everyOf(computed, options);
  const plan = planRemedy({ ...options, every, growth: computed.growth, rate: scenario.traffic.rate });
  const fewest = REMEDY_FEWEST + (options.kind === 'restart' ? 0 : REMEDY_FIRST);
  if (plan.applications < fewest)
    throw new SlopegateError(
      'USAGE',
      `--for ${duration(options.lasts ?? 0)} has time for ${plan.applications} applications, ` +
        `one every ${duration(plan.every)}. A test needs at least ${fewest}.`,
      { hint: `--for ${Math.ceil(plan.every * (fewest + 1))}s, or a shorter --test-every` },
    );
  return {
    remedy: { kind: options.kind, service: computed.service, detail: options.detail },
    computed,
    every,
    survive: options.survive ?? scenario.gate.production?.surviveSeconds ?? REMEDY_SURVIVE_SECONDS,
    plan,
    images: result.containers.candidate.flatMap((one) => (one.service === computed.service ? one.imageId : [])),
  };
}

function serviceOf(all: readonly Remedies[], { run, service }: RemedyOptions): Remedies {
  const found = service === null ? all[0] : all.find((one) => one.service === service || one.role === service);
  if (found !== undefined && (service !== null || all.length === 1)) return found;
  if (all.length === 0)
    throw refused(run, 'For this run no remedy can be computed, so none can be tested.', {
      hint:
        'A remedy needs a FAIL of the memory of a service, and a known amount of free memory: state gate.production, ' +
        'or a memory limit.',
    });
  const names = list(all.map((one) => one.service));
  throw new SlopegateError(
    'USAGE',
    service === null ? `Several services fail in this run: ${names}.` : `${service} does not fail in this run.`,
    { location: run, hint: `--service ${all[0]?.service}${all.length === 1 ? '' : `; failing services: ${names}`}` },
  );
}

function everyOf(computed: Remedies, { run, every }: RemedyOptions): number {
  const { service, growth, rate, start, limit, restartEvery } = computed;
  const filled = (limit.bytes - start) / (growth * rate);
  if (every === null && restartEvery === null)
    throw refused(run, `${service} uses half of its free memory in ${duration(computed.seconds)}.`, {
      hint: 'It would need a restart too often. If you want to test them nevertheless, say how often: --every 2m',
    });
  const chosen = every ?? restartEvery ?? 0;
  if (chosen < filled) return chosen;
  throw refused(
    run,
    `Once every ${duration(chosen)} is too rarely: ${service} reaches its limit of ${memory(limit.bytes)} ` +
      `in ${duration(filled)}${computed.loadWords}.`,
    { hint: restartEvery === null ? 'Choose a shorter --every.' : `--every ${restartEvery}s, or leave it out` },
  );
}

function refused(run: string, message: string, details: { readonly hint: string }): SlopegateError {
  return new SlopegateError('REMEDY_REFUSED', message, { location: run, ...details });
}
