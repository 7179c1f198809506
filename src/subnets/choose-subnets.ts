import { createHash } from 'node:crypto';
import type { ComposeModel } from '../compose/model.js';
import { formatSubnet, overlap, parseSubnet, type Subnet } from './addresses.js';
import type { Move } from './relocation.js';

export interface SubnetPlan {
  readonly moves: readonly Move[];
  /** Subnets that are too large to be moved as a whole. Docker chooses others for them. */
  readonly dropped: readonly string[];
  /** IPv6 subnets that replace such large ones, because Docker chooses no IPv6 subnets by itself. */
  readonly replaced: Readonly<Record<string, string>>;
  /** Texts of the file that are not subnets, or for which there is no free subnet. */
  readonly unmovable: readonly string[];
}

/** Private addresses that Docker does not use by itself: 10.64.0.0 to 10.254.255.255, in blocks of 65,536 addresses. */
const FIRST_BLOCK = 64;
const BLOCKS = 191;

/**
 * Gives every subnet of the file a free one of the same size. The choice depends on the project's name, so that two
 * arms that start at the same moment in different processes seldom try the same subnet.
 */
export function chooseSubnets({ networks = {} }: ComposeModel, inUse: readonly string[], project: string): SubnetPlan {
  const taken = inUse.flatMap((text) => parseSubnet(text) ?? []);
  const blocks = new Map<string, Subnet | null>();
  const plan = {
    moves: [] as Move[],
    dropped: [] as string[],
    replaced: {} as Record<string, string>,
    unmovable: [] as string[],
  };
  for (const text of statedSubnets(networks)) {
    const from = parseSubnet(text);
    if (from === null) {
      plan.unmovable.push(text);
      continue;
    }
    const block = from.bits === 128 ? 48 : from.prefix >= 24 ? 24 : 16;
    if (from.prefix < block) {
      plan.dropped.push(text);
      const own = from.bits === 128 ? freeBlock(48, taken, `${project} ${text}`) : null;
      if (own !== null) plan.replaced[text] = formatSubnet({ ...own, prefix: 64 });
      continue;
    }
    const low = BigInt(from.bits - block);
    const key = `${block}:${from.value >> low}`;
    if (!blocks.has(key))
      blocks.set(
        key,
        freeBlock(block, [...taken, ...[...blocks.values()].flatMap((own) => own ?? [])], `${project} ${key}`),
      );
    const own = blocks.get(key);
    if (own === null || own === undefined) plan.unmovable.push(text);
    else
      plan.moves.push({
        from,
        to: { bits: from.bits, prefix: from.prefix, value: own.value | (from.value & ((1n << low) - 1n)) },
        block,
      });
  }
  return plan;
}

/** Every subnet in the file, each once, in its order. */
function statedSubnets(networks: NonNullable<ComposeModel['networks']>): string[] {
  const configs = Object.values(networks)
    .filter((network) => network?.external !== true)
    .flatMap((network) => ipamConfigs(network?.ipam));
  return [...new Set(configs.flatMap(({ subnet }) => subnet ?? []))];
}

export interface IpamConfig {
  readonly subnet?: string;
  readonly gateway?: string;
  readonly ip_range?: string;
  readonly [key: string]: unknown;
}

export function ipamConfigs(ipam: Readonly<Record<string, unknown>> | undefined): readonly IpamConfig[] {
  return Array.isArray(ipam?.['config']) ? (ipam['config'] as readonly IpamConfig[]) : [];
}

function freeBlock(block: number, taken: readonly Subnet[], seed: string): Subnet | null {
  const hash = createHash('sha256').update(seed).digest();
  if (block === 48)
    return { bits: 128, prefix: 48, value: ((0xfdn << 40n) | BigInt(`0x${hash.toString('hex', 0, 5)}`)) << 80n };
  const size = block === 24 ? 256 : 1;
  const start = hash.readUInt32BE(0) % (BLOCKS * size);
  for (let step = 0; step < BLOCKS * size; step += 1) {
    const at = BigInt((start + step) % (BLOCKS * size));
    const candidate: Subnet = {
      bits: 32,
      prefix: block,
      value: (10n << 24n) + (BigInt(FIRST_BLOCK) << 16n) + (at << BigInt(32 - block)),
    };
    if (!taken.some((other) => overlap(other, candidate))) return candidate;
  }
  return null;
}
