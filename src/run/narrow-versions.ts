import { distinct } from '../arms/index.js';
import { huntShapes, isFound, refuseUnserved, shapesOf, type HuntShape } from '../hunt/index.js';
import { ARMS, SlopegateError, type ArmName, type HuntRow, type RunningStack, type Scenario } from '../model/index.js';
import { openHeapGauge } from '../observe/index.js';
import { plural } from '../words/numbers.js';
import { heapHint } from './heap-hint.js';
import { measureBatchOn, sendUnmeasured, type MeasureOptions } from './measure-batch.js';
import { shapesToWeigh, type KeptShape } from './narrow-mixtures.js';
import type { NarrowSession } from './narrow-session.js';

/** The versions as they are, weighed before anything is mixed. */
export interface WeighedVersions {
  readonly shapes: readonly KeptShape[];
  /** The service that keeps the memory. */
  readonly service: string;
  /** Name and content id of its image. */
  readonly images: Readonly<Record<ArmName, { readonly name: string; readonly id: string }>>;
  /** How long the candidate took to start. */
  readonly startSeconds: number;
}

/** Requests of each shape that a version gets before anything is weighed. */
const UNMEASURED_REQUESTS = 8;
/** Recorded requests, and shapes that are weighed on each mixture, at most. */
const MOST_RECORDED = 100;
const MOST_SHAPES = 3;

/**
 * Starts both versions, and weighs the requests of the scenario on them.
 * @param failing services that must be among those that keep memory; null if any may
 * @throws SlopegateError NARROW_REFUSED if there is nothing to search for, or the lens does not count the service
 */
export async function weighVersions(
  session: NarrowSession,
  failing: readonly string[] | null,
): Promise<WeighedVersions> {
  const { scenario, traffic, clock } = session;
  const shapes = shapesOf({
    traffic: traffic.sent,
    corpora: traffic.corpora,
    without: ['attacks', 'catalogue'],
    mostRecorded: MOST_RECORDED,
  });
  await using baseline = await session.up('baseline', 'narrow-baseline');
  const began = clock.seconds();
  await using candidate = await session.up('candidate', 'narrow-candidate');
  const startSeconds = clock.seconds() - began;
  const stacks = { baseline, candidate };
  const gauges = {
    baseline: await openHeapGauge(session.docker.daemons.baseline.docker, baseline.containers),
    candidate: await openHeapGauge(session.docker.daemons.candidate.docker, candidate.containers),
  };
  const services = countedServices(scenario, [gauges.baseline.read(), gauges.candidate.read()], failing);
  const allowedHosts = await allowedHostsOf(session);
  const optionsOf = (arm: ArmName): MeasureOptions => ({
    stack: stacks[arm],
    gauge: gauges[arm],
    services,
    sending: traffic.sending,
    allowedHosts,
    clock,
    signal: session.signal,
  });
  await Promise.all(ARMS.map((arm) => warmUp(shapes, optionsOf(arm))));
  const measure = {
    baseline: measureBatchOn(optionsOf('baseline')),
    candidate: measureBatchOn(optionsOf('candidate')),
  };
  const rows: HuntRow[] = [];
  for await (const row of huntShapes({ shapes, measure, rate: scenario.traffic.rate })) rows.push(row);
  refuseUnserved(rows, scenario.file);
  const kept = rows.filter(isFound).flatMap((row): KeptShape[] => {
    const shape = shapes.find(({ name, source }) => name === row.shape && source === row.source);
    return shape === undefined ? [] : [{ shape, row }];
  });
  const chosen = shapesToWeigh(kept, MOST_SHAPES);
  const service = chosen[0]?.row.weights.candidate.service ?? null;
  if (service === null) throw nothingKept(scenario, rows);
  const images = { baseline: imageOf(baseline, service), candidate: imageOf(candidate, service) };
  return { shapes: chosen, service, images, startSeconds };
}

/** Where both arms, and mixtures of them, publish their ports. */
export async function allowedHostsOf({ docker }: NarrowSession): Promise<readonly string[]> {
  return Promise.all(distinct(docker.daemons).map((daemon) => daemon.publishedOn()));
}

/** Sends some of each shape, so that every worker has seen this kind of request. */
export async function warmUp(shapes: readonly HuntShape[], options: MeasureOptions): Promise<void> {
  for (const { batch } of shapes)
    await sendUnmeasured(options, batch(UNMEASURED_REQUESTS)).catch(() => options.signal.throwIfAborted());
}

/** The services whose live heap is known on both versions. */
function countedServices(
  { stack, file }: Scenario,
  read: readonly Readonly<Record<string, number | null>>[],
  failing: readonly string[] | null,
): readonly string[] {
  const all = [...new Set(read.flatMap((heaps) => Object.keys(heaps)))].filter((one) => !stack.unjudged.includes(one));
  const asked = failing === null ? all : all.filter((one) => failing.includes(one));
  const counted = asked.filter((service) => read.every((heaps) => typeof heaps[service] === 'number'));
  if (counted.length > 0) return counted;
  const whose = failing === null ? 'any judged service' : `the service that fails (${failing.join(', ')})`;
  throw new SlopegateError(
    'NARROW_REFUSED',
    `The lens cannot count the live heap of ${whose}. So the search cannot see if a mixture grows.`,
    { location: file, hint: heapHint('the allocator of their C library', 'docs/lens.md') },
  );
}

function nothingKept({ file }: Scenario, rows: readonly HuntRow[]): SlopegateError {
  const open = rows.filter(({ keptOn }) => keptOn === 'unknown').length;
  return new SlopegateError(
    'NARROW_REFUSED',
    'The candidate keeps no memory that the baseline gives back, and not much more than the baseline ' +
      `(${plural(rows.length, 'kind')} of requests weighed${open === 0 ? '' : `, ${open} of them not decided`}).`,
    {
      location: file,
      hint:
        'Growth that the live heap does not show, for example of descriptors or of kernel memory, cannot be found ' +
        'in this way. "slopegate hunt" looks for other requests that leave memory behind.',
    },
  );
}

function imageOf({ facts }: RunningStack, service: string) {
  const found = facts.find((one) => one.service === service);
  return { name: found?.image ?? service, id: found?.imageId ?? '' };
}
