/** An address of either family as a number, so that the same arithmetic moves both. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** A subnet: `value` has no host bits set. */
export interface Subnet extends Address {
  readonly prefix: number;
}

/** Null if it is not an address. */
export function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

/** `172.22.222.0/24`; null if it is not a subnet. Host bits are cleared, as Docker does it. */
export function parseSubnet(text: string): Subnet | null {
  const [base = '', length = '', ...rest] = text.split('/');
  const address = parseAddress(base);
  const prefix = Number(length);
  if (address === null || rest.length > 0 || !/^\d+$/.test(length) || prefix > address.bits) return null;
  const hostBits = BigInt(address.bits - prefix);
  return { bits: address.bits, value: (address.value >> hostBits) << hostBits, prefix };
}

export function formatAddress({ bits, value }: Address): string {
  const width = bits === 32 ? 8n : 16n;
  const parts = Array.from(
    { length: bits === 32 ? 4 : 8 },
    (_, index) => (value >> (width * BigInt((bits === 32 ? 3 : 7) - index))) & ((1n << width) - 1n),
  );
  return bits === 32 ? parts.join('.') : compress(parts.map((part) => part.toString(16)));
}

export function formatSubnet(subnet: Subnet): string {
  return `${formatAddress(subnet)}/${subnet.prefix}`;
}

export function contains(subnet: Subnet, address: Address): boolean {
  const hostBits = BigInt(subnet.bits - subnet.prefix);
  return subnet.bits === address.bits && address.value >> hostBits === subnet.value >> hostBits;
}

/** The last address of a subnet, as a number. */
export function lastOf({ bits, value, prefix }: Subnet): bigint {
  return value | ((1n << BigInt(bits - prefix)) - 1n);
}

/** Whether two subnets have an address in common. */
export function overlap(a: Subnet, b: Subnet): boolean {
  return contains(a, b) || contains(b, a);
}

function parseV4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null;
  return { bits: 32, value: parts.reduce((value, part) => value * 256n + BigInt(part), 0n) };
}

function parseV6(text: string): Address | null {
  const [head = '', tail, ...rest] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - before.length - after.length;
  if (rest.length > 0 || (tail === undefined ? missing !== 0 : missing < 1)) return null;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return { bits: 128, value: groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n) };
}

/** The longest run of zero groups becomes `::`. */
function compress(groups: readonly string[]): string {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < groups.length; at += 1) {
    let length = 0;
    while (groups[at + length] === '0') length += 1;
    if (length > best.length) best = { at, length };
  }
  if (best.at < 0) return groups.join(':');
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}
