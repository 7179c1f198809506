import { describe, expect, test } from 'vitest';
import { parseInet6, parseTrie } from '../../src/stack/outbound/own-addresses.js';
import { closingScript } from '../../src/stack/outbound/rules.js';

const HERE = { subnets: ['10.94.1.0/24', 'fd00:1::/64'], machine: ['10.94.1.1', '172.17.0.1', 'fd00:1::1'] };

/** The rules for one tool, in their order. */
function rulesOf(script: string, tool: string): string[] {
  const [, rules = ''] = new RegExp(`${tool}-restore .*<<'RULES'\\n([^]*?)\\nRULES`).exec(script) ?? [];
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
    expect(rules.at(-1)).toMatch(/^-A SLOPEGATE -m recent .* -j REJECT$/);
    expect(rules.join('\n')).not.toContain('--dport 53');
  });

  test('not-the-machine: all but the machine goes, and names may be asked of it', () => {
    const rules = rulesOf(closingScript('not-the-machine', HERE), 'iptables');
    expect(rules.filter((rule) => rule.includes('REJECT')).every((rule) => rule.includes('-d '))).toBe(true);
    const [asked, refused] = ['-d 172.17.0.1 -p udp --dport 53 -j ACCEPT', '-d 172.17.0.1 -m recent'].map((text) =>
      rules.findIndex((rule) => rule.includes(text)),
    );
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(refused!);
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
