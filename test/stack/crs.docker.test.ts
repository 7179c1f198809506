import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningStack } from '../../src/model/index.js';
import { assertNothingLeft, calm, docker, newRun, newStack, ROOT, scenarioOf } from './daemon.js';

const MEMORY = 512 * 2 ** 20;
const ORDER =
  '<?xml version="1.0"?><order number="7"><customer>Ada</customer><placed>2024-02-03</placed>' +
  '<line><article>tea</article><quantity>2</quantity><price>3.50</price></line></order>';

describe('the bundled stack, both arms at once', () => {
  const runId = newRun();
  const stack = newStack();
  const signal = calm();
  const lines: string[] = [];
  const scenario = scenarioOf([`${ROOT}/docker-compose.yml`, `${ROOT}/scenarios/modsecurity-xml/compose.yml`], {
    limits: { memoryBytes: MEMORY, cpus: 1 },
    unjudged: ['origin'],
  });
  let arms: { baseline: RunningStack; candidate: RunningStack };

  beforeAll(async () => {
    await stack.prepare({ scenario, runId, signal, onLine: (line) => lines.push(line) });
    const [baseline, candidate] = await Promise.all(
      (['baseline', 'candidate'] as const).map((arm) =>
        stack.up({ scenario, arm, runId, trialId: `r1-${arm}`, signal }),
      ),
    );
    arms = { baseline: baseline!, candidate: candidate! };
  });

  afterAll(async () => {
    await Promise.all(Object.values(arms ?? {}).map((arm) => arm[Symbol.asyncDispose]()));
    await assertNothingLeft(runId);
    await arms.baseline[Symbol.asyncDispose](); // Twice is harmless.
  });

  const send = (arm: RunningStack, path: string, body?: string | FormData, type?: string) =>
    fetch(`http://${arm.entry.host}:${arm.entry.port}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body }),
      headers: { 'user-agent': 'Mozilla/5.0', ...(type === undefined ? {} : { 'content-type': type }) },
    });
  const post = async (arm: RunningStack, type: string, body: string) => (await send(arm, '/orders', body, type)).status;

  test('the log of the build comes line by line', () => {
    expect(lines.join('\n')).toMatch(/waf.*\n[\s\S]*DONE|CACHED/);
  });

  test('each arm runs its own version, read from its image', () => {
    const versions = (arm: RunningStack) =>
      arm.facts.find(({ service }) => service === 'waf')?.versions['libmodsecurity3'];
    expect(versions(arms.baseline)).toMatch(/^3\.0\.9-/);
    expect(versions(arms.candidate)).toMatch(/^3\.0\.14-/);
    const origins = Object.values(arms).map((arm) => arm.facts.find(({ service }) => service === 'origin')?.imageId);
    expect(new Set(origins).size).toBe(1);
  });

  test('limits are equal, swap counts as memory, and no health check or restart is left', async () => {
    for (const arm of Object.values(arms)) {
      expect(arm.facts.map(({ memoryLimitBytes, cpus }) => [memoryLimitBytes, cpus])).toEqual([
        [MEMORY, 1],
        [MEMORY, 1],
      ]);
      for (const { id } of arm.containers) {
        const { HostConfig, Config } = await docker.getContainer(id).inspect();
        expect(HostConfig.MemorySwap).toBe(MEMORY);
        expect(HostConfig.RestartPolicy?.Name).toBe('no');
        expect(Config.Labels).toMatchObject({
          'io.slopegate': '1',
          'io.slopegate.run': runId,
          'io.slopegate.arm': arm.arm,
        });
      }
    }
  });

  test('ports are published on the loopback interface alone', async () => {
    for (const { id } of [...arms.baseline.containers, ...arms.candidate.containers]) {
      const { NetworkSettings } = await docker.getContainer(id).inspect();
      const bindings = Object.values(NetworkSettings.Ports).flatMap((list) => (list ?? []) as { HostIp: string }[]);
      expect(new Set(bindings.map(({ HostIp }) => HostIp))).toEqual(new Set(['127.0.0.1']));
    }
  });

  test.each(['baseline', 'candidate'] as const)('%s passes what is harmless and blocks what is not', async (name) => {
    const arm = arms[name];
    expect((await send(arm, '/search?q=green+tea')).status).toBe(200);
    expect((await send(arm, `/item?id=${encodeURIComponent("1' OR '1'='1' -- ")}`)).status).toBe(403);
    expect(await post(arm, 'application/x-www-form-urlencoded', 'name=Ada&note=hello')).toBe(200);
    expect(await post(arm, 'application/json', '{"items":[{"article":"tea","quantity":2}]}')).toBe(200);
    expect(await post(arm, 'application/json', '{"note":"<script>alert(1)</script>"}')).toBe(403);
    const form = new FormData();
    form.set('file', new Blob(['a,b\n1,2\n'], { type: 'text/csv' }), 'table.csv');
    expect((await send(arm, '/upload', form)).status).toBe(200);
  });

  test.each(['baseline', 'candidate'] as const)('%s validates XML against the schema', async (name) => {
    expect(await post(arms[name], 'text/xml', ORDER)).toBe(200);
    expect(await post(arms[name], 'text/xml', ORDER.replace(' number="7"', ''))).toBe(403);
    expect(await post(arms[name], 'text/xml', ORDER.replace('</customer>', ''))).toBe(403);
  });

  test('the origin counts and digests what reached it, in any order, and nothing that was blocked', async () => {
    const arm = arms.candidate;
    await arm.resetOrigin();
    expect(await arm.originCounts()).toEqual({ requests: 0, digest: '0'.repeat(64) });
    const bodies = ['a=1', 'a=2', 'a=2'];
    await Promise.all(bodies.map((body) => post(arm, 'application/x-www-form-urlencoded', body)));
    await send(arm, '/a//c?x=%41&y=1');
    await send(arm, '/?q=<script>alert(1)</script>');
    const seen = [...bodies.map((body) => `POST /orders\n${body}`), 'GET /a//c?x=%41&y=1\n'];
    const hashes = seen.map((text) => BigInt(`0x${createHash('sha256').update(text).digest('hex')}`));
    const digest = (hashes.reduce((sum, hash) => sum + hash, 0n) % (1n << 256n)).toString(16).padStart(64, '0');
    expect(await arm.originCounts()).toEqual({ requests: 4, digest });
  });

  test('the container of the WAF writes no log file while it works', async () => {
    const { id } = arms.baseline.containers.find(({ service }) => service === 'waf')!;
    const changed = (await docker.getContainer(id).changes()) as { Path: string }[];
    expect(changed.map(({ Path }) => Path).filter((path) => path.includes('.log'))).toEqual([]);
  });
});
