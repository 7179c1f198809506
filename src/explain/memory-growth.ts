import { ARMS, type ArmName, type BlockGrowth, type HeapGrowth, type MappingGrowth } from '../model/index.js';
import type { HeapBlocks } from './heap.js';

/** The memory of a service, read once: of all its processes together. */
export interface ServiceMemory {
  readonly service: string;
  /** Kind or name of a mapping → bytes. */
  readonly mappings: ReadonlyMap<string, number>;
  /** Null if the heap of a process could not be read. */
  readonly heap: HeapBlocks | null;
}

/** The memory of the services of one version, before and after its requests. */
export interface MemoryLooks {
  readonly before: readonly ServiceMemory[];
  readonly after: readonly ServiceMemory[];
}

/** Memory comes in pages of 4 KiB, and a process takes some more now and then, a large one more than a small one. */
const LEAST_MAPPED_BYTES = 64 * 1024;
const LEAST_MAPPED_SHARE = 0.02;
/** The caches of malloc hold up to 7 blocks of a size for each thread, and look in use. */
const FEWEST_BLOCKS = 32;
/** How many blocks are in use varies by chance, at most about as much as the square root of their number. */
const ERRORS = 3;
/** A size that makes up less of the growth is not named. */
const SHARE = 0.02;

type OnBoth = Readonly<Record<ArmName, MemoryLooks>>;

/** Mappings that grow more in the candidate, bytes per request. The largest difference comes first. */
export function growingMappings(looks: OnBoth, requests: number): readonly MappingGrowth[] {
  return servicesRead(looks)
    .flatMap((service) => {
      const names = new Set(ARMS.flatMap((arm) => [...(memoryOf(looks[arm].after, service)?.mappings.keys() ?? [])]));
      return Array.from(names, (mapping) => ({
        service,
        mapping,
        growth: growth(looks, service, ({ mappings }) => mappings.get(mapping) ?? 0, requests),
      }));
    })
    .filter((one) => moreThanBaseline(one) * requests >= leastBytes(looks, one))
    .sort((a, b) => differenceOf(b) - differenceOf(a));
}

/** How the heap of each service grows that could be read on both versions: all of it, and the sizes that grow more. */
export function growingHeaps(looks: OnBoth, requests: number): readonly HeapGrowth[] {
  return servicesRead(looks)
    .filter((service) => everyLook(looks, service).every((memory) => memory?.heap != null))
    .map((service) => {
      const inUse = growth(looks, service, ({ heap }) => bytesInUse(heap), requests);
      return {
        service,
        inUse,
        free: growth(looks, service, ({ heap }) => heap?.free ?? 0, requests),
        blocks: growingBlocks(looks, service, requests, inUse.candidate - inUse.baseline),
      };
    });
}

function growingBlocks(looks: OnBoth, service: string, requests: number, total: number): readonly BlockGrowth[] {
  const sizes = new Set(everyLook(looks, service).flatMap((memory) => [...(memory?.heap?.inUse.keys() ?? [])]));
  const weight = (one: BlockGrowth): number => differenceOf(one) * one.bytes;
  return Array.from(sizes, (bytes) => ({
    bytes,
    growth: growth(looks, service, ({ heap }) => heap?.inUse.get(bytes) ?? 0, requests),
  }))
    .filter((one) => differenceOf(one) * requests >= leastBlocks(looks, service, one.bytes))
    .filter((one) => weight(one) > SHARE * total)
    .sort((a, b) => weight(b) - weight(a));
}

/** What the baseline gives back is no growth of the candidate. */
const moreThanBaseline = ({ growth: { baseline, candidate } }: MappingGrowth): number =>
  candidate - Math.max(0, baseline);

/** So many bytes are more than chance. */
function leastBytes(looks: OnBoth, { service, mapping }: MappingGrowth): number {
  const before = ARMS.map((arm) => memoryOf(looks[arm].before, service)?.mappings.get(mapping) ?? 0);
  return Math.max(LEAST_MAPPED_BYTES, LEAST_MAPPED_SHARE * Math.max(...before));
}

/** So many blocks of a size are more than chance. */
function leastBlocks(looks: OnBoth, service: string, bytes: number): number {
  const before = ARMS.map((arm) => memoryOf(looks[arm].before, service)?.heap?.inUse.get(bytes) ?? 0);
  return Math.max(FEWEST_BLOCKS, ERRORS * Math.sqrt(before.reduce((sum, count) => sum + count, 0)));
}

function growth(
  looks: OnBoth,
  service: string,
  of: (memory: ServiceMemory) => number,
  requests: number,
): Readonly<Record<ArmName, number>> {
  const on = (arm: ArmName): number => {
    const before = memoryOf(looks[arm].before, service);
    const after = memoryOf(looks[arm].after, service);
    return before === undefined || after === undefined ? 0 : (of(after) - of(before)) / requests;
  };
  return { baseline: on('baseline'), candidate: on('candidate') };
}

const differenceOf = ({ growth: { baseline, candidate } }: Pick<BlockGrowth, 'growth'>): number => candidate - baseline;

function bytesInUse(heap: HeapBlocks | null): number {
  let sum = 0;
  for (const [bytes, count] of heap?.inUse ?? []) sum += bytes * count;
  return sum;
}

/** Services that were read each time on both versions. */
export function servicesRead(looks: OnBoth): readonly string[] {
  const names = looks.candidate.after.map(({ service }) => service);
  return names.filter((service) => everyLook(looks, service).every((memory) => memory !== undefined));
}

function everyLook(looks: OnBoth, service: string): readonly (ServiceMemory | undefined)[] {
  return ARMS.flatMap((arm) => [memoryOf(looks[arm].before, service), memoryOf(looks[arm].after, service)]);
}

const memoryOf = (all: readonly ServiceMemory[], service: string): ServiceMemory | undefined =>
  all.find((one) => one.service === service);
