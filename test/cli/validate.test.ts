import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Scenario } from '../../src/model/index.js';
import { slopegate } from './in-process.js';

// A busy host is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const SAME = 'test/fixtures/scenarios/same.yaml';
let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'slopegate-validate-'))));
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(change: (text: string) => string): Promise<string> {
  const file = join(folder, 'mine.yaml');
  await writeFile(file, change(await readFile(SAME, 'utf8')));
  return file;
}

describe('slopegate validate', () => {
  test('says what a valid file asks for', async () => {
    const { exit, out, err } = await slopegate(['validate', SAME]);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(
      new RegExp(
        String.raw`^\S+same\.yaml: ok\. tiny-same: tiny 1\.0 → tiny 1\.0 again; 2 labels at 30/s; ` +
          String.raw`looks at 2 replicates after 2 min; margin 1000 B/request, and 1 MiB an hour without requests\n`,
      ),
    );
    expect(out).toContain('  The files show no difference between the arms.\n');
  });

  test('lists what differs between the arms, without Docker; --json has it with codes', async () => {
    const file = await fileOf((text) =>
      text
        .replaceAll('compose: compose.yml', `compose: ${join(process.cwd(), 'test/fixtures/scenarios/compose.yml')}`)
        .replace('tiny 1.0 again,', 'tiny 1.0 again, environment: { LEAK: "1", BLOCK: "/a" },'),
    );
    const { out, exit } = await slopegate(['validate', file]);
    expect(exit).toBe(0);
    expect(out).toContain('  The arms differ in:\n    waf environment BLOCK: /admin → /a\n');
    expect(out).toContain('"slopegate stack diff" also compares what is in them');
    expect(JSON.parse((await slopegate(['validate', file, '--json'])).out)).toMatchObject({
      armDifferences: [
        { kind: 'environment', service: 'waf', path: 'services.waf.environment.BLOCK', candidate: '/a' },
        { kind: 'environment', service: 'waf', path: 'services.waf.environment.LEAK', baseline: '0', candidate: '1' },
      ],
      armsUnknown: [{ code: 'images-by-name', facts: {} }],
    });
  });

  test('names the phases of the window', async () => {
    const { out } = await slopegate(['validate', 'scenarios/modsecurity-crs/phases.yaml']);
    expect(out).toContain('; phases: day 2,813 requests, attack-wave 1,124, evening 1,688; margin');
  });

  test('every scenario of the package is valid', async () => {
    const files = (await readdir('scenarios', { recursive: true }))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join('scenarios', name));
    expect(files.length).toBeGreaterThan(3);
    const { exit, out } = await slopegate(['validate', ...files]);
    expect(exit).toBe(0);
    expect(out.split('\n').filter((line) => line.includes(': ok. '))).toHaveLength(files.length);
  });

  test('--json contains every default', async () => {
    const { exit, out } = await slopegate(['validate', SAME, '--json']);
    expect(exit).toBe(0);
    const scenario = JSON.parse(out) as Scenario;
    expect(scenario.identity.decisionTolerance).toBe(0.01);
    expect(scenario.arms.baseline.compose).toEqual([join(process.cwd(), 'test/fixtures/scenarios/compose.yml')]);
  });

  test('--json names the kind of a warning: with this margin the run will mostly not decide', async () => {
    const { exit, out } = await slopegate(['validate', SAME, '--json', '--margin', '0.001 B/request']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, faults: [{ kind: 'cannot-decide', severity: 'warning' }] });
  });

  test('--schema prints the schema of the package', async () => {
    const { exit, out } = await slopegate(['validate', '--schema']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(await readFile('scenarios/scenario.schema.json', 'utf8')));
  });

  test.each<[string, (text: string) => string, RegExp]>([
    [
      'a mistyped key',
      (text) => text.replace('origin: origin', 'orign: origin'),
      /mine\.yaml:11:3\nerror SCENARIO_INVALID: .*"orign"[^]*hint: did you mean "origin"\?/,
    ],
    ['broken YAML', (text) => `${text}  x\ny`, /mine\.yaml:\d+:\d+\nerror SCENARIO_SYNTAX/],
    [
      'a window that could never be judged',
      (text) => text.replace('requests: 1200', 'requests: 1010'),
      /mine\.yaml:\d+:\d+\nerror SCENARIO_INVALID: .*too short to be judged\n[^]*\n {2}hint: .* at least 1200 requests/,
    ],
    [
      'too few requests, however long',
      (text) => text.replace('rate: 30/s', 'rate: 10/s').replace('requests: 1200', 'requests: 1010'),
      /hint: .* at least 1020 requests \(102 s\)/,
    ],
    [
      'a placeholder that no field fills',
      (text) => text.replace('GET /items/{id}', 'GET /items/{ident}'),
      /error TRAFFIC_INVALID: .*ident/,
    ],
  ])('%s: the place, the reason, exit 2', async (_, change, message) => {
    const { exit, out, err } = await slopegate(['validate', await fileOf(change)]);
    expect(exit).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
  });

  test('a missing file', async () => {
    const { exit, err } = await slopegate(['validate', 'no-such.yaml']);
    expect(exit).toBe(2);
    expect(err).toMatch(/SCENARIO_UNREADABLE: .*no-such\.yaml\n {2}cause: ENOENT.*\n {2}hint: /);
  });
});
