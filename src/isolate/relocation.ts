import { contains, formatAddress, formatSubnet, parseAddress, type Address, type Subnet } from './addresses.js';

/** One subnet of a compose file and where the arm has it. The low bits of every address in it stay. */
export interface Move {
  readonly from: Subnet;
  readonly to: Subnet;
  /** How many leading bits differ: 16 or 24 of an IPv4 address, 48 of an IPv6 address. */
  readonly block: number;
}

const V4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g;
const V6 = /(?<![0-9a-fA-F:.])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![0-9a-fA-F:])/g;

/**
 * Rewrites every address that lies in a moved subnet, and every text that is a moved subnet's leading octets
 * (`SUBNET_PREFIX=172.22.222`).
 */
export function relocate(text: string, moves: readonly Move[]): string {
  if (moves.length === 0) return text;
  const addresses = text.replace(V4, (found) => moved(found, moves)).replace(V6, (found) => moved(found, moves));
  return [...moves].sort((a, b) => b.block - a.block).reduce((current, move) => movePrefix(current, move), addresses);
}

/** The same for every text inside a value, at any depth. */
export function relocateAll<Value>(value: Value, moves: readonly Move[]): Value {
  if (typeof value === 'string') return relocate(value, moves) as Value;
  if (Array.isArray(value)) return value.map((item: unknown) => relocateAll(item, moves)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [key, relocateAll(item, moves)]),
  ) as Value;
}

export function moveAddress(address: Address, { to, block }: Move): Address {
  const low = BigInt(address.bits - block);
  return { bits: address.bits, value: ((to.value >> low) << low) | (address.value & ((1n << low) - 1n)) };
}

export function describeMove({ from, to }: Move): string {
  return `${formatSubnet(from)} moved to ${formatSubnet(to)}, which is free here`;
}

function moved(found: string, moves: readonly Move[]): string {
  const address = parseAddress(found);
  const move = address === null ? undefined : moves.find(({ from }) => contains(from, address));
  return address === null || move === undefined ? found : formatAddress(moveAddress(address, move));
}

/**
 * Three octets are distinctive wherever they stand alone; two look like a version, so they must be the whole text or
 * end in a dot.
 */
function movePrefix(text: string, { from, to, block }: Move): string {
  if (from.bits !== 32) return text;
  const count = block / 8;
  const [old, own] = [from, to].map((subnet) => formatAddress(subnet).split('.').slice(0, count).join('.')) as [
    string,
    string,
  ];
  const escaped = old.replaceAll('.', String.raw`\.`);
  const pattern =
    count === 3
      ? new RegExp(String.raw`(?<![\d.])${escaped}(?!\d|\.\d)`, 'g')
      : new RegExp(String.raw`^${escaped}(?=\.?$)|(?<![\d.])${escaped}(?=\.(?!\d))`, 'g');
  return text.replace(pattern, own);
}
