import { expect, test } from 'vitest';
import type { Scenario, Step, StepBody } from '../../src/model/index.js';
import { portableScenario, shownScenario } from '../../src/scenario/index.js';
import { scenarioWith } from '../verdict/recordings.js';

const common = { name: 'step', timeoutSeconds: 10 };

function call(headers: Record<string, string>, body: StepBody | null): Step {
  const endpoint = { service: 'api', port: 80 };
  const request = {
    method: 'POST',
    scheme: 'http',
    endpoint,
    path: '/',
    headers,
    body,
    status: null,
    match: null,
  } as const;
  return { ...common, kind: 'http', request, capture: {}, repeat: 1 };
}

const exec = (...command: string[]): Step => ({
  ...common,
  kind: 'exec',
  service: 'api',
  command,
  user: null,
  capture: {},
});

/** A scenario that has this step wherever one may stand. */
function everywhere(step: Step): Scenario {
  const plain = scenarioWith({ stack: { steps: [step] }, experiment: { actions: [{ at: null, every: null, step }] } });
  const arm = { ...plain.arms.baseline, steps: [step], upgraded: [step] };
  return { ...plain, arms: { baseline: arm, candidate: arm } };
}

test.each<[string, Step]>([
  ['a header', call({ Authorization: 'Bearer s3cret' }, null)],
  ['a field of a form', call({}, { kind: 'form', fields: { password: 's3cret' } })],
  ['a value of a JSON body, however deep', call({}, { kind: 'json', value: { user: [{ apiKey: 's3cret' }] } })],
  ['an option of a command', exec('ctl', '--token', 's3cret')],
  ['an option with its value', exec('ctl', '--admin-password=s3cret')],
  ['a variable of a command', exec('env', 'API_KEY=s3cret', 'ctl')],
])('%s that is a secret by its name is not written down, wherever the step stands', (_, step) => {
  for (const shown of [portableScenario(everywhere(step)), shownScenario(everywhere(step))]) {
    const text = JSON.stringify(shown);
    expect(text).not.toContain('s3cret');
    expect(text.match(/\*\*\*/g)).toHaveLength(6);
  }
});

test.each<[string, Step]>([
  ['a captured value', call({ Authorization: 'Bearer {{jwt}}' }, { kind: 'json', value: { token: '{{jwt}}' } })],
  ['a variable of the environment', exec('ctl', '--token', '${env:TOKEN}', 'PASSWORD=${env:PW}')],
  ['what is no secret', exec('nginx', '-s', 'reload', '--tokens-off', 'level=3')],
])('%s stays as it is', (_, step) => {
  expect(portableScenario(everywhere(step)).stack.steps).toEqual([step]);
});
