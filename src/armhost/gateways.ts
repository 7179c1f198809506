import type { ComposeModel, ComposeResource } from '../compose/model.js';
import {
  contains,
  formatAddress,
  ipamConfigs,
  lastOf,
  parseAddress,
  parseSubnet,
  type Address,
  type IpamConfig,
  type Subnet,
} from '../subnets/index.js';

/** In a smaller IPv4 subnet (8 addresses or fewer), the arm's host does not take the gateway's address. */
const SMALLEST_PREFIX = 28;

/** The address at which the containers of a subnet find the host: the stated one, or the first one of the subnet. */
function gatewayOf({ subnet: text, gateway }: IpamConfig): Address | null {
  const subnet = parseSubnet(text ?? '');
  const stated = parseAddress(gateway ?? '');
  return subnet === null ? null : (stated ?? { bits: subnet.bits, value: subnet.value + 1n });
}

/** Addresses of the host in every network of the compose file. */
export function gatewaysOf({ networks = {} }: ComposeModel): ReadonlySet<string> {
  const configs = Object.values(networks).flatMap((network) => ipamConfigs(network?.ipam));
  return new Set(configs.flatMap((config) => gatewayOf(config) ?? []).map(formatAddress));
}

/** The gateways of one network whose addresses the arm's host can take, in a subnet that the compose file states. */
export function gatewaysToTake(network: ComposeResource | null | undefined): readonly Address[] {
  if (network?.external === true) return [];
  return ipamConfigs(network?.ipam).flatMap((config) => {
    const subnet = parseSubnet(config.subnet ?? '');
    const isLarge = subnet !== null && (subnet.bits === 128 ? subnet.prefix <= 120 : subnet.prefix <= SMALLEST_PREFIX);
    return isLarge ? (gatewayOf(config) ?? []) : [];
  });
}

/**
 * If a container has the gateway's address, as the arm's host does, the bridge gets the next free address. The compose
 * file never uses that address.
 */
export function moveGateway(config: IpamConfig, { services }: ComposeModel, network: string): IpamConfig {
  const subnet = parseSubnet(config.subnet ?? '');
  const gateway = gatewayOf(config);
  if (subnet === null || gateway === null) return config;
  const fixed = Object.values(services).flatMap(({ networks }) => {
    const { ipv4_address: v4 = '', ipv6_address: v6 = '' } = networks?.[network] ?? {};
    return [v4, v6].flatMap((text) => parseAddress(text) ?? []);
  });
  if (!fixed.some((address) => isSame(address, gateway))) return config;
  const taken = [...fixed, ...auxiliary(config)];
  let free = gateway;
  while (taken.some((address) => isSame(address, free))) free = nextIn(subnet, free);
  // A stated range for dynamic addresses may contain the gateway's old address, and Docker could give it to another
  // container.
  const { ip_range: range, ...rest } = config;
  const kept = range !== undefined && !containsText(range, gateway);
  return { ...rest, gateway: formatAddress(free), ...(kept ? { ip_range: range } : {}) };
}

/** After the last possible address of a container comes the first one. */
function nextIn(subnet: Subnet, { bits, value }: Address): Address {
  return { bits, value: value + 1n < lastOf(subnet) ? value + 1n : subnet.value + 1n };
}

function isSame(a: Address, b: Address): boolean {
  return a.bits === b.bits && a.value === b.value;
}

function containsText(range: string, address: Address): boolean {
  const subnet: Subnet | null = parseSubnet(range);
  return subnet !== null && contains(subnet, address);
}

function auxiliary(config: IpamConfig): Address[] {
  const stated = (config['aux_addresses'] ?? {}) as Readonly<Record<string, string>>;
  return Object.values(stated).flatMap((text) => parseAddress(text) ?? []);
}
