import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openTraffic } from '../../src/run/traffic.js';
import { inspectScenario, loadScenario } from '../../src/scenario/index.js';
import { parsedWith } from './parsed.js';
import { checkReach } from '../../src/scenario/check-reach.js';

const folder = fileURLToPath(new URL('../../scenarios/mixes/', import.meta.url));
const mixes = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'base.yaml');

describe('scenarios/mixes', () => {
  it.each(mixes)('%s is valid, and its requests can be made', async (name) => {
    const scenario = await loadScenario(folder + name);
    const { traceOf } = await openTraffic(scenario, () => {});
    const { labels } = traceOf(400);
    expect(Object.values(labels).every((count) => count > 0)).toBe(true);
  });

  it('are ten', () => {
    expect(mixes).toHaveLength(10);
  });
});

describe('requests that are only partly sent as stated are reported', () => {
  it.each([
    ['websocket.yaml', 'only the handshake of a WebSocket is sent'],
    ['grpc.yaml', 'its trailers, with the status of the call, are not looked at'],
  ])('of %s', async (name, message) => {
    const { faults } = await inspectScenario(folder + name);
    expect(faults).toEqual([
      expect.objectContaining({ severity: 'warning', message: expect.stringContaining(message) as string }),
    ]);
  });

  const journey = (users: number, capture: string) =>
    parsedWith(`rate: 100/s
mix: [{ label: home, request: GET /, weight: 1 }]
journeys:
  - { name: shop, weight: 3, users: ${users}, steps: [{ label: a, request: GET /, capture: { ${capture} } }] }`);

  it('of visitors that hurry', () => {
    expect(checkReach(journey(30, 't: header:x'))).toMatchObject([
      {
        severity: 'warning',
        path: ['traffic', 'journeys', 0, 'users'],
        hint: expect.stringContaining('38 users') as string,
      },
    ]);
    expect(checkReach(journey(38, 't: header:x'))).toEqual([]);
    expect(checkReach(journey(5, ''))).toEqual([]);
  });
});

it('TE: trailers goes over HTTP/2, and no other value of it', () => {
  const traffic = (value: string) =>
    `protocol: http2\nmix: [{ label: a, request: POST /s/M, headers: { TE: ${value} }, raw: { type: a/b, text: x } }]`;
  expect(parsedWith(traffic('trailers')).traffic.mix).toHaveLength(1);
  expect(() => parsedWith(traffic('gzip'))).toThrow('HTTP/2 has no TE header');
});
