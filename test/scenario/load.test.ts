import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SlopegateError } from '../../src/model/index.js';
import { loadScenario, parseScenario } from '../../src/scenario/index.js';
import { scenarioJsonSchema } from '../../src/schema/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const MINIMAL = `slopegate: 1
name: tiny
arms:
  baseline: { label: old, compose: a.yml }
  candidate: { label: new, compose: [b.yml, c.yml] }
stack:
  entry: waf:8080
traffic:
  mix:
    - label: home
      request: GET /
`;

function problem(text: string): SlopegateError {
  try {
    parseScenario(text, '/s/x.yaml');
  } catch (error) {
    if (error instanceof SlopegateError) return error;
    throw error;
  }
  throw new Error('the scenario was accepted');
}

describe('the scenarios of the package', () => {
  for (const file of [
    'modsecurity-crs/upgrade',
    'modsecurity-crs/same',
    'modsecurity-xml/upgrade',
    'modsecurity-xml/rollback',
  ]) {
    it(`${file} is valid`, async () => {
      const scenario = await loadScenario(`${root}scenarios/${file}.yaml`);
      expect(scenario.gate.marginBytesPerRequest).toBe(32);
      expect(scenario.arms.baseline.compose[0]).toBe(`${root}docker-compose.yml`);
    });
  }

  it('an A/A scenario runs the same version twice, and inherits the traffic', async () => {
    const same = await loadScenario(`${root}scenarios/modsecurity-crs/same.yaml`);
    const upgrade = await loadScenario(`${root}scenarios/modsecurity-crs/upgrade.yaml`);
    expect(same.arms.candidate.environment).toEqual(same.arms.baseline.environment);
    expect(same.traffic).toEqual(upgrade.traffic);
  });

  it('the JSON Schema of the package equals the one from the code', () => {
    expect(JSON.parse(readFileSync(`${root}scenarios/scenario.schema.json`, 'utf8'))).toEqual(scenarioJsonSchema());
  });
});

describe('defaults and units', () => {
  it('fills every default in', () => {
    const scenario = parseScenario(MINIMAL, '/s/x.yaml');
    expect(scenario.arms.candidate.compose).toEqual(['/s/b.yml', '/s/c.yml']);
    expect(scenario.stack).toMatchObject({
      entry: { service: 'waf', port: 8080 },
      origin: null,
      ready: { path: '/', status: 200, timeoutSeconds: 60 },
    });
    expect(scenario.experiment).toMatchObject({
      order: 'concurrent',
      looks: [3, 5, 8],
      window: { requests: 22_500, seconds: 300 },
    });
    expect(scenario.gate).toMatchObject({
      marginBytesPerRequest: 32,
      lookWeights: [0.2, 0.3, 0.5],
      alpha: { fail: 0.01, pass: 0.05 },
    });
    expect(scenario.identity).toEqual({ decisionTolerance: 0.01, paceTolerance: 0.05 });
  });

  it('derives the margin from production: headroom / (rate × survive)', () => {
    const { gate } = parseScenario(
      `${MINIMAL}gate:\n  production: { rate: 200/s, headroom: 2GiB, survive: 30d }\n`,
      '/s/x.yaml',
    );
    expect(gate.marginBytesPerRequest).toBeCloseTo(2 ** 31 / (200 * 30 * 86_400), 12);
  });

  it('a stated margin has priority over a derived one', () => {
    const { gate } = parseScenario(
      `${MINIMAL}gate:\n  margin: 1 KiB/request\n  production: { rate: 200/s, headroom: 2GiB, survive: 30d }\n`,
      '/s/x.yaml',
    );
    expect(gate.marginBytesPerRequest).toBe(1024);
  });

  it.each([
    ['margin: 64 B/request', 64, 2 ** 20],
    ['margin: { request: 64B, hour: 4MiB }', 64, 4 * 2 ** 20],
    ['margin: { hour: 500KiB }', 32, 500 * 1024],
    ['production: { rate: 200/s, headroom: 2GiB, survive: 30d }', 2 ** 31 / (200 * 2_592_000), 2 ** 31 / 720],
    ['production: { rate: 200/s, headroom: 2GiB, survive: 30d }\n  margin: { request: 9B }', 9, 2 ** 31 / 720],
  ])('two margins from "%s": for requests, and for each hour', (stated, perRequest, perHour) => {
    const { gate } = parseScenario(`${MINIMAL}gate:\n  ${stated}\n`, '/s/x.yaml');
    expect(gate.marginBytesPerRequest).toBeCloseTo(perRequest, 9);
    expect(gate.marginBytesPerHour).toBeCloseTo(perHour, 6);
  });
});

describe('errors name the place and a solution', () => {
  it.each([
    [
      'a mistyped key',
      MINIMAL.replace('entry:', 'entri:'),
      '/s/x.yaml:7:3',
      'unknown key "entri"',
      'did you mean "entry"?',
    ],
    ['a bad unit', `${MINIMAL}gate:\n  margin: 32 bytes\n`, '/s/x.yaml:13:11', 'gate.margin: expected a quantity', ''],
    [
      'a value out of a list',
      `${MINIMAL}experiment:\n  preset: turbo\n`,
      '/s/x.yaml:13:11',
      'quick, gate, standard, soak',
      '',
    ],
    ['two bodies', MINIMAL.replace('GET /', 'POST /\n      json: {}\n      form: {}'), '/s/x.yaml', 'one body', ''],
    ['broken YAML', 'slopegate: 1\n name: x\n  y', '/s/x.yaml:', 'not valid YAML', 'indentation'],
    ['falling looks', `${MINIMAL}experiment:\n  looks: [5, 3]\n`, '/s/x.yaml:13:10', 'looks must rise', ''],
    [
      'a window that could never be judged',
      `${MINIMAL}experiment:\n  window: { requests: 600 }\n`,
      '/s/x.yaml:13:11',
      'too short to be judged',
      'at least 3000 requests',
    ],
    ['a port without a service', MINIMAL.replace('waf:8080', '8080'), '/s/x.yaml:7:10', 'stack.entry', ''],
  ])('%s', (_, text, place, message, hint) => {
    const error = problem(text);
    expect(error.exitCode).toBe(2);
    expect(error.location).toContain(place);
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
  });

  it('a missing key is reported as missing, at its place', () => {
    const error = problem(MINIMAL.replace('  entry: waf:8080\n', '  limits: {}\n'));
    expect(error.message).toContain('stack.entry');
    expect(error.location).toBe('/s/x.yaml:7:3');
  });

  it('a missing file', async () => {
    await expect(loadScenario('/nowhere.yaml')).rejects.toMatchObject({ code: 'SCENARIO_UNREADABLE' });
  });
});
