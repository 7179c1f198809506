import { contains, formatAddress, parseAddress, type Address, type Subnet } from './addresses.js';

/** One subnet of a compose file and the subnet that the arm has instead. The low bits of every address in it stay. */
export interface Move {
  readonly from: Subnet;
  readonly to: Subnet;
  /** Number of leading bits that change: 16 or 24 of an IPv4 address, 48 of an IPv6 address. */
  readonly block: number;
}

/** An address, and the length of the subnet that may follow it. */
const V4 = /(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d]|\.\d)(\/\d{1,2}(?!\d))?/g;
const V6 = /(?<![0-9a-fA-F:.])([0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![0-9a-fA-F:])(\/\d{1,3}(?!\d))?/g;

/**
 * Rewrites every whole address and every subnet that is in a moved one, and patterns of them (`172.22.222.*`,
 * `172\.22\.222\.`). A larger subnet around the moved one stays, and so does text that only looks like a part of an
 * address, such as a version.
 */
export function relocate(text: string, moves: readonly Move[]): string {
  if (moves.length === 0) return text;
  const rewrite = (_whole: string, address: string, length: string | undefined): string =>
    moved(address, length === undefined ? null : Number(length.slice(1)), moves) + (length ?? '');
  const addresses = text.replace(V4, rewrite).replace(V6, rewrite);
  return [...moves].sort((a, b) => b.block - a.block).reduce((current, move) => movePattern(current, move), addresses);
}

/**
 * The same for the value of a variable. It may also be the leading octets of a moved subnet, if its name says so
 * (`SUBNET_PREFIX=172.22.222`).
 */
function relocateVariable(name: string, value: string, moves: readonly Move[]): string {
  const prefix = moves.find(
    (move) => move.from.bits === 32 && value.replace(/\.$/, '') === octets(move.from, move.block),
  );
  if (prefix === undefined || !SAYS_SUBNET.test(name)) return relocate(value, moves);
  return octets(prefix.to, prefix.block) + (value.endsWith('.') ? '.' : '');
}

const SAYS_SUBNET = /subnet|prefix|network|_?net$|cidr|range|addr|(?:^|_)ip/i;

/** The same for every text inside a value, at any depth. */
export function relocateAll<Value>(value: Value, moves: readonly Move[]): Value {
  if (typeof value === 'string') return relocate(value, moves) as Value;
  if (Array.isArray(value)) return value.map((item: unknown) => relocateAll(item, moves)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [
      key,
      typeof item === 'string' ? relocateVariable(key, item, moves) : relocateAll(item, moves),
    ]),
  ) as Value;
}

export function moveAddress(address: Address, { to, block }: Move): Address {
  const low = BigInt(address.bits - block);
  return { bits: address.bits, value: ((to.value >> low) << low) | (address.value & ((1n << low) - 1n)) };
}

/** An address alone or with the length of its subnet. A subnet that is larger than the moved one is another subnet. */
function moved(found: string, length: number | null, moves: readonly Move[]): string {
  const address = parseAddress(found);
  if (address === null) return found;
  const move = moves.find(({ from }) => contains(from, address) && (length === null || length >= from.prefix));
  return move === undefined ? found : formatAddress(moveAddress(address, move));
}

/** Leading octets that mean a whole subnet: followed by a dot and no number, or with escaped dots. */
function movePattern(text: string, { from, to, block }: Move): string {
  if (from.bits !== 32) return text;
  const [old, own] = [octets(from, block), octets(to, block)];
  const escaped = old.replaceAll('.', String.raw`\.`);
  const spelled = new RegExp(String.raw`(?<![\d.\\])${escaped}(?=\.(?!\d))`, 'g');
  const inPattern = new RegExp(String.raw`(?<![\d.\\])${old.replaceAll('.', String.raw`\\+\.`)}(?=\\+\.)`, 'g');
  return text
    .replace(spelled, own)
    .replace(inPattern, (found) => own.replaceAll('.', `${'\\'.repeat(backslashes(found, block))}.`));
}

/** Number of backslashes before each dot of a pattern: one, or two in a quoted string. */
function backslashes(pattern: string, block: number): number {
  return (pattern.split('\\').length - 1) / (block / 8 - 1);
}

function octets(subnet: Subnet, block: number): string {
  return formatAddress(subnet)
    .split('.')
    .slice(0, block / 8)
    .join('.');
}
