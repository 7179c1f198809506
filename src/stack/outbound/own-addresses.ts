import type { DockerConnection } from '../../docker/connect.js';

/** Every address of the daemon's host itself, also of inactive interfaces; empty if it cannot be asked. */
export async function ownAddresses({ readHostFile }: Pick<DockerConnection, 'readHostFile'>): Promise<string[]> {
  const [trie, six] = await Promise.all([readHostFile('/proc/net/fib_trie'), readHostFile('/proc/net/if_inet6')]);
  return [...new Set([...parseTrie(trie ?? ''), ...parseInet6(six ?? '')])];
}

/** The leaves of /proc/net/fib_trie that are local to the host: `|-- 172.17.0.1` and below it `/32 host LOCAL`. */
export function parseTrie(text: string): string[] {
  const found = [...text.matchAll(/\|-- (\d+\.\d+\.\d+\.\d+)\n\s+\/32 host LOCAL/g)].map(([, address]) => address!);
  return found.filter((address) => !address.startsWith('127.'));
}

/** /proc/net/if_inet6 without loopback and without link-local addresses, which mean another link in each namespace. */
export function parseInet6(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [hex = ''] = line.split(' ');
    if (!/^[0-9a-f]{32}$/.test(hex) || hex.startsWith('fe80') || /^0{31}1$/.test(hex)) return [];
    return [hex.match(/.{4}/g)!.join(':')];
  });
}
