import type { ComposeModel } from '../compose/model.js';
import {
  contains,
  formatAddress,
  formatSubnet,
  parseAddress,
  parseSubnet,
  type Address,
  type Subnet,
} from './addresses.js';
import type { IpamConfig } from './choose-subnets.js';

/** A part of the subnet is reserved for containers without a static address: a half, or a quarter… */
const SMALLEST_SHARE = 6;
/** Larger than any arm needs. Docker 26 refuses a range that ends with a subnet of 2^64 addresses. */
const MOST_BITS = 16;

/**
 * If some containers of a network have static addresses and others do not (for example a service that was moved from
 * the host's network), Docker could give one of the others a static address that another container needs. So the others
 * get a range of their own that contains no static address.
 */
export function reserveAddresses(config: IpamConfig, { services }: ComposeModel, network: string): IpamConfig {
  const subnet = parseSubnet(config.subnet ?? '');
  if (subnet === null || config.ip_range !== undefined) return config;
  const attachments = Object.values(services).flatMap(({ networks }) =>
    networks !== undefined && network in networks ? [networks[network]] : [],
  );
  const key = subnet.bits === 32 ? 'ipv4_address' : 'ipv6_address';
  const fixed = attachments.flatMap((attachment) => parseAddress(attachment?.[key] ?? '') ?? []);
  if (fixed.length === 0 || fixed.length === attachments.length) return config;
  const gateway = parseAddress(config.gateway ?? '') ?? { ...subnet, value: subnet.value + 1n };
  const range = freeRange(subnet, [...fixed, gateway]);
  return range === null ? config : { ...config, gateway: formatAddress(gateway), ip_range: formatSubnet(range) };
}

function freeRange(whole: Subnet, fixed: readonly Address[]): Subnet | null {
  const subnet = { ...whole, prefix: Math.max(whole.prefix, whole.bits - MOST_BITS) };
  for (let share = 1; share <= SMALLEST_SHARE && subnet.prefix + share <= subnet.bits - 2; share += 1) {
    const size = 1n << BigInt(subnet.bits - subnet.prefix - share);
    for (let index = (1n << BigInt(share)) - 1n; index >= 0n; index -= 1n) {
      const range: Subnet = { bits: subnet.bits, prefix: subnet.prefix + share, value: subnet.value + index * size };
      if (!fixed.some((address) => contains(range, address))) return range;
    }
  }
  return null;
}
