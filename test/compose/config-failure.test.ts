import { expect, test } from 'vitest';
import { explainConfigFailure } from '../../src/compose/config-failure.js';

const arm = { label: 'my-waf 1.4', compose: ['/p/compose.yml'], environment: {} };

test.each([
  ['open /p/nothere.yml: no such file or directory', 'The compose file /p/nothere.yml does not exist.', 'relative'],
  ['validating /p/compose.yml: (root) Additional property elastic is not allowed', 'elastic is at the top level', 'v1'],
  ['validating /p/compose.yml: services.a.networks.b Additional property c is not allowed', 'key c of', 'newer Docker'],
  ["Couldn't find env file: /rel.env", '/rel.env does not exist', 'COMPOSE_ENV_FILES'],
  ['invalid: required variable TAG is missing a value: set it', 'a value for the variable TAG', 'arms.X.environment'],
])('%s', (said, sentence, hint) => {
  const failure = explainConfigFailure(arm, ['time="…" level=warning msg="T is not set"', said]);
  expect(failure).toMatchObject({ code: 'COMPOSE_CONFIG', exitCode: 2, location: '/p/compose.yml' });
  expect(failure.message).toContain(sentence);
  expect(failure.hint).toContain(hint);
  expect(failure.hint).toContain('docker compose -f /p/compose.yml config');
});

test("any other error is shown in Compose's own words, without its warnings", () => {
  const { message } = explainConfigFailure(arm, ['x level=warning y', 'services.a must be a mapping']);
  expect(message).toBe('Docker Compose does not accept the files of my-waf 1.4: services.a must be a mapping');
});

test('a circle of files is told as a whole', () => {
  const said = [
    'include cycle detected:',
    '/p/compose.yml',
    ' include /p/a.yml',
    ' include /p/b.yml',
    ' include /p/c.yml',
  ];
  expect(explainConfigFailure(arm, said).message).toContain('include cycle detected: /p/compose.yml include /p/a.yml');
});
