import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/index.js';
import { refusalOf } from './parsed.js';

const scenarioWith = (actions: string, steps = '', rate = '75/s') =>
  parseScenario(
    `slopegate: 1
name: tiny
arms:
  baseline: { label: old, compose: a.yml }
  candidate: { label: new, compose: b.yml${steps === '' ? '' : `, steps: [${steps}]`} }
stack: { entry: waf:8080 }
traffic: { rate: ${rate}, mix: [{ label: home, request: GET / }] }
experiment:
  preset: quick
  actions:
${actions
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
`,
    '/s/x.yaml',
  );

const refusal = (...input: Parameters<typeof scenarioWith>) => refusalOf(() => scenarioWith(...input));

describe('experiment.actions', () => {
  it('have a time and a step, written like bring-up steps', () => {
    const { actions } = scenarioWith(`- { at: 50% of window, signal: { service: waf, signal: HUP } }
- { at: 4000 requests, name: rotate, exec: { service: waf, command: [kill, -USR1, "1"] } }
- { every: 20s, timeout: 5s, http: { request: "POST http://mgt:9000/reload", json: { all: true } } }`).experiment;
    expect(actions).toMatchObject([
      {
        at: { of: 'window', value: 0.5 },
        every: null,
        step: { kind: 'signal', service: 'waf', signal: 'HUP', name: 'signal HUP to waf', timeoutSeconds: 60 },
      },
      { at: { of: 'requests', value: 4000 }, step: { kind: 'exec', name: 'rotate' } },
      {
        at: null,
        every: { of: 'seconds', value: 20 },
        step: {
          kind: 'http',
          timeoutSeconds: 5,
          request: { method: 'POST', endpoint: { service: 'mgt', port: 9000 } },
        },
      },
    ]);
  });

  it.each([
    ['- { signal: { service: waf, signal: HUP } }', 'an action needs a time: at, every, or both'],
    ['- { at: 10s }', 'a step does one thing'],
    ['- { at: soon, signal: { service: waf, signal: HUP } }', 'expected a share of the window ("30% of window")'],
    ['- { at: 10s, signal: { service: waf, signal: hangup } }', 'expected the name of a signal'],
    [
      '- { at: 100% of window, signal: { service: waf, signal: HUP } }',
      'at is never reached: warm-up and window together have 7625 requests',
    ],
    ['- { at: 7625 requests, signal: { service: waf, signal: HUP } }', 'at is never reached'],
    ['- { every: 2m, signal: { service: waf, signal: HUP } }', 'every is never reached'],
    ['- { every: 10 requests, signal: { service: waf, signal: HUP } }', 'too often: at most once in 1 s'],
  ])('%s is refused with its place', (action, message) => {
    const error = refusal(`- { at: 1s, signal: { service: waf, signal: HUP } }\n${action}`);
    expect(error.message).toContain(message);
    expect(error.message).toContain('experiment.actions.1');
    expect(error.location).toMatch(/^\/s\/x\.yaml:12:/);
  });

  it('a time is valid if the rate is not known yet', () => {
    expect(
      scenarioWith('- { at: 10m, signal: { service: waf, signal: HUP } }', '', 'auto').experiment.actions,
    ).toHaveLength(1);
  });

  it('a value is unknown on an arm whose bring-up steps did not capture it', () => {
    const login = 'http: { request: POST http://mgt:9000/login, capture: { jwt: $.jwt } }';
    const push = `http: { request: POST http://mgt:9000/push, headers: { Authorization: "Bearer {{jwt}}" } }`;
    expect(scenarioWith(`- { at: 1s, ${login} }\n- { every: 10s, ${push} }`).experiment.actions).toHaveLength(2);
    expect(refusal(`- { at: 1s, ${push} }`, `{ ${login} }`).message).toBe(
      'experiment.actions.0: baseline: {{jwt}} was not captured by a step before',
    );
  });
});
