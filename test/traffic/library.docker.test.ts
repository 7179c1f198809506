import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ATTACK_CLASSES, type TrafficSettings } from '../../src/model/index.js';
import { createReplayer } from '../../src/replay/index.js';
import { buildTrace } from '../../src/traffic/index.js';
import { settings } from './settings.js';

const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim();
const traffic: TrafficSettings = settings({ mix: [], sources: [{ kind: 'library', weight: 1, classes: ATTACK_CLASSES }] });

/** Needs the images of scenarios/modsecurity-crs; any run of it builds them. */
describe.each(['bookworm', 'trixie'])('the OWASP CRS of Debian %s', (suite) => {
  let [origin, waf] = ['', ''];
  beforeAll(async () => {
    origin = docker('run', '--detach', '--rm', 'slopegate/origin:1');
    const address = docker('inspect', '--format', '{{.NetworkSettings.Networks.bridge.IPAddress}}', origin);
    waf = docker('run', '--detach', '--rm', '--add-host', `origin:${address}`, '--publish', '127.0.0.1:0:8080', `slopegate/waf:${suite}`);
    const status = (): Promise<number> => fetch(`http://127.0.0.1:${port()}/`).then((answer) => answer.status, () => 0);
    while ((await status()) !== 200) await sleep(500);
  }, 90_000);
  afterAll(() => void docker('rm', '--force', waf, origin));
  const port = (): number => Number(/:(\d+)$/m.exec(docker('port', waf, '8080'))?.[1]);

  test('blocks every payload of every class that says so', async () => {
    const trace = buildTrace(traffic, 12 * 16);
    const { statuses } = await createReplayer({ engine: 'auto', schedule: { kind: 'constant' } }).start({ target: { host: '127.0.0.1', port: port() }, trace, rate: 20, blockedStatuses: [403], signal: new AbortController().signal }).done;
    const passed = trace.requests.filter(({ expect: due, index }) => due === 'blocked' && statuses[index] !== 403);
    expect(passed.map(({ label, target, body, index }) => [label, statuses[index], target, body === null ? '' : Buffer.from(body).toString()])).toEqual([]);
  }, 120_000);
});
