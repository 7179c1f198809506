/** What of the world an arm may open connections to. */
export type Way =
  /** Everything but the machine that runs it; names may be looked up there. */
  | 'not-the-machine'
  /** The arm's own networks alone. */
  | 'arm-alone';

/** Addresses by what they mean to one container; of both families. */
export interface Surroundings {
  /** Subnets of the networks that it stands on. */
  readonly subnets: readonly string[];
  /** Of the machine, gateways of the container's networks among them. */
  readonly machine: readonly string[];
}

const CHAIN = 'SLOPEGATE';
/** Name of the kernel's list of destinations that were tried in vain. */
const LIST = 'slopegate';
/** Made once, so that its counters outlive a change of the way. */
const REJECTED = 'SLOPEGATE_REJECTED';
/** Where new connections leave a container, or pass through it. */
const JUMPS = ['OUTPUT', 'FORWARD'].map((chain) => `${chain} -j ${CHAIN}`);
const REJECT = `-j ${REJECTED}`;
/** Matches always or never, and does nothing: the kernel keeps a line for each destination and port, for a day. */
const RECORD = [
  `-m hashlimit --hashlimit-name ${LIST} --hashlimit-mode dstip,dstport --hashlimit-upto 1/sec`,
  `--hashlimit-htable-expire ${24 * 60 * 60 * 1000}`,
].join(' ');

/**
 * A shell script for the network namespace of one container: from then on new connections leave it only as the way
 * says. What is under way, and answers to what comes in, goes on. Running it again replaces the rules at once; they are
 * gone with the container. Pure.
 */
export function closingScript(way: Way, surroundings: Surroundings): string {
  return [
    'set -e',
    restore(
      'iptables',
      way,
      only(surroundings, (address) => !address.includes(':')),
    ),
    '[ ! -s /proc/net/if_inet6 ] || {',
    restore(
      'ip6tables',
      way,
      only(surroundings, (address) => address.includes(':')),
    ),
    '}',
  ].join('\n');
}

/** Tells what was rejected: packets of both families, then a line for each destination with its port. */
export const COUNTING_SCRIPT = [
  `{ iptables -w -nvxL ${REJECTED}; ip6tables -w -nvxL ${REJECTED}; } 2>/dev/null | ` +
    `awk '$3 == "REJECT" { sum += $1 } END { print sum + 0 }'`,
  // Lines like `86399 0.0.0.0:0->10.0.0.7:443 …`; a protocol without ports has port 0.
  String.raw`show() { sed -n "s/^[0-9]* [^>]*>\(.*\):\([0-9]*\) .*/$2/p" "/proc/net/$1/${LIST}" 2>/dev/null |`,
  "sed 's/:0$//'; }",
  String.raw`show ipt_hashlimit '\1:\2'`,
  String.raw`show ip6t_hashlimit '[\1]:\2'`,
].join('\n');

function only({ subnets, machine }: Surroundings, isOfFamily: (address: string) => boolean): Surroundings {
  return { subnets: subnets.filter(isOfFamily), machine: machine.filter(isOfFamily) };
}

function restore(tool: 'iptables' | 'ip6tables', way: Way, { subnets, machine }: Surroundings): string {
  const append = (rule: string): string => `-A ${CHAIN} ${rule}`;
  const rules = [
    append('-o lo -j ACCEPT'),
    append('-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT'),
    // Neighbours find each other by it.
    ...(tool === 'ip6tables' ? [append('-p ipv6-icmp -j ACCEPT')] : []),
    ...machine.flatMap((address) => [
      ...(way === 'arm-alone'
        ? []
        : ['udp', 'tcp'].map((kind) => append(`-d ${address} -p ${kind} --dport 53 -j ACCEPT`))),
      append(`-d ${address} ${REJECT}`),
    ]),
    ...(way === 'arm-alone' ? [...subnets.map((subnet) => append(`-d ${subnet} -j ACCEPT`)), append(REJECT)] : []),
  ];
  return [
    // The jumps come together with the chain: they are there after the first time, or not at all.
    `jumps=$(printf '%s\\n' ${JUMPS.map((jump) => `'-I ${jump}'`).join(' ')})`,
    `if ${tool} -w -C ${JUMPS[0]} 2>/dev/null; then jumps=; else`,
    `${tool} -w -N ${REJECTED} 2>/dev/null || ${tool} -w -F ${REJECTED}`,
    // A kernel without hashlimit rejects all the same, and only the destinations are not known.
    `${tool} -w -A ${REJECTED} ${RECORD} 2>/dev/null || true`,
    `${tool} -w -A ${REJECTED} -j REJECT`,
    'fi',
    `${tool}-restore --wait --noflush <<RULES`,
    '*filter',
    `:${CHAIN} - [0:0]`,
    ...rules,
    '$jumps',
    'COMMIT',
    'RULES',
  ].join('\n');
}
