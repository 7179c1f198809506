import { expect, it } from 'vitest';
import { FINDING_KINDS } from '../../src/model/index.js';
import { parseScenario } from '../../src/scenario/index.js';
import { scenarioJsonSchema } from '../../src/schema/index.js';

const scenario = (findings: string): string => `
slopegate: 1
name: findings
arms:
  baseline: { label: old, compose: a.yml }
  candidate: { label: new, compose: b.yml }
stack: { entry: "waf:80" }
traffic: { mix: [{ label: get, request: GET / }] }
gate: { findings: ${findings} }
`;

it('accepts every finding at every severity', () => {
  for (const severity of ['off', 'info', 'warn', 'fail']) {
    const all = Object.fromEntries(FINDING_KINDS.map((kind) => [kind, severity]));
    expect(parseScenario(scenario(JSON.stringify(all)), '/s.yaml').gate.findings).toEqual(all);
  }
});

it('refuses an unknown name and proposes the nearest one', () => {
  expect(() => parseScenario(scenario('{ level-shfit: fail }'), '/s.yaml')).toThrow(
    expect.objectContaining({
      code: 'SCENARIO_INVALID',
      location: '/s.yaml:9:21',
      hint: 'did you mean "level-shift"?',
    }),
  );
  expect(() => parseScenario(scenario('{ level-shift: maybe }'), '/s.yaml')).toThrow(
    /expected one of: off, info, warn, fail/,
  );
});

it('lists them in the JSON Schema, for completion in an editor', () => {
  expect(JSON.stringify(scenarioJsonSchema())).toContain('"both-leak"');
});
