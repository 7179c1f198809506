import { describe, expect, it } from 'vitest';
import { isSecretName, maskSecrets, maskUser, type RequestTemplate } from '../../src/model/index.js';
import { withSecrets } from '../../src/run/traffic-secrets.js';
import { parseScenario, portableScenario, shownScenario } from '../../src/scenario/index.js';

describe('secrets', () => {
  it.each([
    'PASSWORD',
    'DB_PASSWORD',
    'apiKey',
    'X-Api-Key',
    'ACCESS_TOKEN',
    'Authorization',
    'CLIENT_SECRET',
    'Cookie',
  ])('%s names a secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['TAG', 'KEYCLOAK_VERSION', 'MONKEY', 'COMPASS', 'X-Forwarded-For', 'AUTHOR', 'TOKENIZER'])(
    '%s does not name a secret',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );

  it('values are masked, references are not', () => {
    expect(maskSecrets({ TAG: '1.4', API_KEY: 'k', TOKEN: '${env:TOKEN}' })).toEqual({
      TAG: '1.4',
      API_KEY: '***',
      TOKEN: '${env:TOKEN}',
    });
  });

  it('an address loses its user', () => {
    expect(maskUser('tcp://me:pw@10.0.0.1:2376')).toBe('tcp://10.0.0.1:2376');
    expect(maskUser('my-context')).toBe('my-context');
  });

  it('no secret of a scenario is recorded or printed', () => {
    const scenario = parseScenario(
      `slopegate: 1
name: tiny
arms:
  baseline: { label: old, compose: a.yml, host: "tcp://me:hidden@h:1", environment: { DB_PASSWORD: hidden } }
  candidate: { label: new, compose: b.yml }
stack: { entry: "waf:8080" }
traffic: { mix: [{ label: home, request: GET /, headers: { Authorization: hidden, Accept: shown } }] }
`,
      '/s/x.yaml',
    );
    for (const shown of [portableScenario(scenario), shownScenario(scenario)]) {
      expect(JSON.stringify(shown)).not.toContain('hidden');
      expect(shown.traffic.mix[0]?.headers).toEqual({ Authorization: '***', Accept: 'shown' });
    }
    expect(scenario.arms.baseline.environment).toEqual({ DB_PASSWORD: 'hidden' });
  });

  it('a header takes a secret from the environment, even with braces', () => {
    const template: RequestTemplate = {
      label: 'home',
      weight: 1,
      expect: 'any',
      method: 'GET',
      path: '/',
      headers: { Authorization: 'Bearer ${env:TOKEN}' },
      body: null,
    };
    const traffic = { seed: 1, rate: 1, host: 'h', fields: {}, blockedStatuses: [403], mix: [template] };
    expect(withSecrets(traffic, { TOKEN: 'a{b}' }).mix[0]?.headers).toEqual({ Authorization: 'Bearer a{{b}' });
    expect(() => withSecrets(traffic, {})).toThrow(/uses the environment variable TOKEN, which is not set/);
  });
});
