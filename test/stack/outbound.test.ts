import type Docker from 'dockerode';
import { describe, expect, test } from 'vitest';
import { gatewayScript, allowAnswers, silenceBridges } from '../../src/stack/outbound/bridges.js';
import { parseInet6, parseTrie } from '../../src/stack/outbound/own-addresses.js';
import { closingScript } from '../../src/stack/outbound/rules.js';

const HERE = { subnets: ['10.94.1.0/24', 'fd00:1::/64'], machine: ['10.94.1.1', '172.17.0.1', 'fd00:1::1'] };

/** The rules for one tool, in their order. */
function rulesOf(script: string, tool: string): string[] {
  const [, rules = ''] = new RegExp(`${tool}-restore .*<<RULES\\n([^]*?)\\nRULES`).exec(script) ?? [];
  return rules.split('\n').filter((line) => line.startsWith('-A'));
}

describe('the rules in the network namespace of a container', () => {
  test('arm-alone: the machine is rejected before the subnets are let through, and the rest at the end', () => {
    const rules = rulesOf(closingScript('arm-alone', HERE), 'iptables');
    const place = (text: string): number => rules.findIndex((rule) => rule.includes(text));
    expect(place('-o lo')).toBe(0);
    expect(place('ESTABLISHED')).toBe(1);
    expect(place('-d 10.94.1.1 ')).toBeLessThan(place('-d 10.94.1.0/24'));
    expect(place('-d 172.17.0.1 ')).toBeGreaterThan(0);
    expect(rules.at(-1)).toBe('-A SLOPEGATE -j SLOPEGATE_REJECTED');
    expect(rules.join('\n')).not.toContain('--dport 53');
  });

  test('not-the-machine: all but the machine goes, and names may be asked of it', () => {
    const rules = rulesOf(closingScript('not-the-machine', HERE), 'iptables');
    expect(rules.filter((rule) => rule.includes('REJECTED')).every((rule) => rule.includes('-d '))).toBe(true);
    const [asked, refused] = ['-d 172.17.0.1 -p udp --dport 53 -j ACCEPT', '-d 172.17.0.1 -j SLOPEGATE_REJECTED'].map(
      (text) => rules.findIndex((rule) => rule.includes(text)),
    );
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(refused!);
  });

  test('a rejected connection is recorded with its port; it is also rejected if it cannot be recorded', () => {
    const script = closingScript('arm-alone', HERE);
    expect(script).toContain('--hashlimit-mode dstip,dstport');
    expect(script).toMatch(/hashlimit-htable-expire \d+ 2>\/dev\/null \|\| true\n.*-A SLOPEGATE_REJECTED -j REJECT/);
  });

  test('each family has its own addresses', () => {
    const script = closingScript('arm-alone', HERE);
    expect(rulesOf(script, '\niptables').join('\n')).not.toContain('fd00');
    expect(rulesOf(script, 'ip6tables').join('\n')).not.toContain('10.94');
  });
});

describe('the addresses of the host itself', () => {
  test('from the routing table, with those of interfaces that are down', () => {
    const trie = `Main:
        |-- 10.0.0.0
           /24 link UNICAST
        |-- 10.0.0.7
           /32 host LOCAL
     +-- 172.17.0.0/16 2 0 2
        |-- 172.17.0.1
           /32 host LOCAL
        |-- 127.0.0.1
           /32 host LOCAL
`;
    expect(parseTrie(trie)).toEqual(['10.0.0.7', '172.17.0.1']);
  });

  test('IPv6 without loopback and links', () => {
    const text = `00000000000000000000000000000001 01 80 10 80       lo
fe80000000000000004284fffe5e1d2c 02 40 20 80     eth0
20010db8000000000000000000000007 02 40 00 80     eth0
`;
    expect(parseInet6(text)).toEqual(['2001:0db8:0000:0000:0000:0000:0000:0007']);
  });
});

describe('the bridges of an arm, until the rules stand', () => {
  const networks = [
    { Id: 'a'.repeat(64), Driver: 'bridge' },
    { Id: 'b'.repeat(64), Driver: 'bridge' },
    { Id: 'c'.repeat(64), Driver: 'null' },
  ];
  const docker = { listNetworks: async () => networks } as unknown as Docker;
  const link = (name: string, address: string) =>
    `7: ${name}: <UP> mtu 1500 \\    link/ether ${address} brd ff:ff:ff:ff:ff:ff\n`;
  const ownedBy = { runId: 'run' };

  test('are silent, and their addresses on the link are known', async () => {
    const asked: string[] = [];
    const bridges = await silenceBridges(docker, ownedBy, async (where, script) => {
      asked.push(`${where}\n${script}`);
      return link('br-aaaaaaaaaaaa', '02:42:00:00:00:0a') + link('br-bbbbbbbbbbbb', '02:42:00:00:00:0b');
    });
    expect([...bridges]).toEqual([
      ['a'.repeat(64), '02:42:00:00:00:0a'],
      ['b'.repeat(64), '02:42:00:00:00:0b'],
    ]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('echo 8 > /proc/sys/net/ipv4/conf/br-bbbbbbbbbbbb/arp_ignore');
    await allowAnswers(bridges, async (_where, script) => {
      asked.push(script);
      return '';
    });
    expect(asked[1]).toContain('echo 0 > /proc/sys/net/ipv4/conf/br-aaaaaaaaaaaa/arp_ignore');
  });

  test('answer again where one of them could not be silenced: no container may wait for ever', async () => {
    const asked: string[] = [];
    const bridges = await silenceBridges(docker, ownedBy, async (_where, script) => {
      asked.push(script);
      return null;
    });
    expect(bridges.size).toBe(0);
    expect(asked.at(-1)).toContain('echo 0 > /proc/sys/net/ipv4/conf/br-bbbbbbbbbbbb/arp_ignore');
  });

  test('a container drops what waits for its gateway before it is told where that is', () => {
    const script = gatewayScript([{ address: '10.94.1.1', link: '02:42:00:00:00:0a' }]);
    expect(script.indexOf('ip neigh del 10.94.1.1')).toBeLessThan(script.indexOf('ip neigh replace 10.94.1.1'));
    expect(script).toContain('lladdr 02:42:00:00:00:0a dev "$device" nud permanent');
  });
});
