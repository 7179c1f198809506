import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Docker from 'dockerode';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, test } from 'vitest';
import { captureAll, type SlopegateError, type Step } from '../../src/model/index.js';
import { loadScenario, parseScenario } from '../../src/scenario/index.js';
import type { StepContext } from '../../src/steps/context.js';
import { runSteps } from '../../src/steps/run-steps.js';
import { createVault } from '../../src/steps/vault.js';
import { failureOf, ROOT } from '../stack/scenarios.js';

interface Store {
  readonly made: unknown[];
  password: string;
}
type Handler = Parameters<typeof createServer>[1];
const API = new URL('../../scenarios/safeline-shaped/images/app/mgt-api.mjs', import.meta.url).href;
const { createApi } = (await import(API)) as { createApi: (options: unknown) => Handler };

let server: Server | null = null;
afterEach(() => void server?.close());

/** The management API of the SafeLine-shaped stack, without its database; over plain HTTP unless there is a key. */
async function serveApi(
  apiToken: string | null = null,
  tls: { readonly key: string; readonly cert: string } | null = null,
): Promise<{ readonly store: Store; readonly port: number }> {
  const store: Store = { made: [], password: 'pa55-w0rd/x' };
  const plain = {
    password: async () => store.password,
    addSite: async (spec: unknown) => store.made.push(spec),
    sites: async () => store.made,
  };
  const handler = createApi({ store: plain, apiToken }) ?? undefined;
  server = (tls === null ? createServer(handler) : createTlsServer(tls, handler)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { store, port: (server.address() as { port: number }).port };
}

function contextFor(
  port: number,
  env: Readonly<Record<string, string>> = {},
  captured = new Map<string, string>(),
): StepContext {
  const vault = createVault(env);
  return {
    docker: new Docker(),
    vault,
    captured,
    cookies: new Map(),
    signal: new AbortController().signal,
    containers: async () => [],
    addressOf: async () => ({ host: '127.0.0.1', port }),
    fill: (text) => vault.fill(text, captured),
  };
}

const file = `${dirname(fileURLToPath(import.meta.url))}/steps.yaml`;
const scenarioWith = (steps: string) => `slopegate: 1
name: steps
arms:
  baseline: { label: a, compose: a.yml }
  candidate: { label: b, compose: b.yml }
stack:
  entry: tengine:80
  steps:
${steps}
traffic: { mix: [{ label: a, request: GET / }] }
`;
const stepsOf = (yaml: string): readonly Step[] => parseScenario(scenarioWith(yaml), file).stack.steps ?? [];
const refusal = (yaml: string): SlopegateError => {
  try {
    stepsOf(yaml);
  } catch (error) {
    return error as SlopegateError;
  }
  throw new Error('accepted');
};

const SITE = 'json: { ports: ["80"], server_names: ["*"], upstreams: ["http://origin:8080"] }';
const LOGIN = `
    - http: { request: GET http://mgt:1443/api/open/auth/csrf, capture: { csrf: $.data.csrf_token } }
    - http:
        request: POST http://mgt:1443/api/open/auth/login
        json: { username: admin, password: "\${env:ADMIN_PASSWORD}", csrf_token: "{{csrf}}" }
        capture: { jwt: $.data.jwt }
    - http: { request: POST http://mgt:1443/api/open/site, headers: { Authorization: "Bearer {{jwt}}" }, ${SITE} }`;

describe("a protected site is made through SafeLine's API", () => {
  test('old: csrf, login, jwt', async () => {
    const { store, port } = await serveApi();
    await runSteps(
      contextFor(port, { ADMIN_PASSWORD: store.password }),
      stepsOf(`    - waitHttp: { request: GET http://mgt:1443/api/open/health, match: ok }${LOGIN}`),
      file,
    );
    expect(store.made).toEqual([{ ports: ['80'], server_names: ['*'], upstreams: ['http://origin:8080'] }]);
  });

  test('new: a token in X-SLCE-API-TOKEN', async () => {
    const { store, port } = await serveApi('token-from-the-environment');
    const steps = stepsOf(
      `    - http: { request: POST http://mgt:1443/api/open/site, headers: { X-SLCE-API-TOKEN: ` +
        `"\${env:SLCE_TOKEN}" }, ${SITE}, capture: { id: $.data.id } }`,
    );
    const context = contextFor(port, { SLCE_TOKEN: 'token-from-the-environment' });
    await runSteps(context, steps, file);
    expect(store.made).toHaveLength(1);
    expect(context.captured.get('id')).toBe('1');
  });

  test("by the profile's own steps, over TLS, with the password that reset-admin prints", async () => {
    const { steps = [] } = (await loadScenario(`${ROOT}/scenarios/profiles/safeline/5.1.0-6.1.1.yaml`)).stack;
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'mgt' }]);
    const { store, port } = await serveApi(null, { key, cert });
    const captures = steps.flatMap((step) => (step.kind === 'exec' ? [step.capture] : []));
    const printed = captureAll(captures[0]!, {
      text: `[SafeLine] Initial username：admin\n[SafeLine] Initial password：${store.password}\n[SafeLine] Done\n`,
      headers: {},
    });
    await runSteps(
      contextFor(port, {}, new Map(printed)),
      steps.filter(({ kind }) => kind === 'http'),
      file,
    );
    expect(store.made).toMatchObject([{ ports: ['80'], server_names: ['*'], upstreams: ['http://origin:8080'] }]);
  });

  test('a failure names the step and what was answered, and no secret is in it', async () => {
    const { port } = await serveApi();
    const failure = await failureOf(
      runSteps(contextFor(port, { ADMIN_PASSWORD: 'wrong-but-secret' }), stepsOf(LOGIN), file),
    );
    expect(failure).toMatchObject({ code: 'STEP_FAILED', exitCode: 5, location: file });
    expect(failure.message).toContain(
      'Step 2 of 3 (POST http://mgt:1443/api/open/auth/login) did not succeed: it answered 401',
    );
    expect(JSON.stringify(failure.message)).not.toContain('wrong-but-secret');
  });

  test('a secret that is not set is an error that says so; a captured value that is not there, too', async () => {
    const { port } = await serveApi();
    expect((await failureOf(runSteps(contextFor(port), stepsOf(LOGIN), file))).message).toContain(
      'ADMIN_PASSWORD, which is not set',
    );
    const steps = stepsOf(
      '    - http: { request: GET http://mgt:1443/api/open/health, capture: { token: $.data.token } }',
    );
    expect((await failureOf(runSteps(contextFor(port), steps, file))).message).toContain(
      '"token" should be captured from $.data.token, but it is not there',
    );
  });

  test('waiting gives up in time and says what came last', async () => {
    const { port } = await serveApi();
    const steps = stepsOf('    - { waitHttp: { request: GET http://mgt:1443/nowhere }, timeout: 300ms }');
    expect((await failureOf(runSteps(contextFor(port), steps, file))).message).toMatch(/within 0.3 s: it answered 404/);
    await runSteps(contextFor(port), stepsOf('    - waitPort: mgt:1443'), file);
  });
});

describe('the schema of steps', () => {
  test.each([
    ['    - { waitHealthy: mgt, waitPort: mgt:80 }', 'a step does one thing'],
    ['    - { name: nothing }', 'a step does one thing'],
    ['    - waitHealthi: mgt', 'unknown key "waitHealthi"'],
    ['    - http: { request: GET /api }', 'expected a method and an address of service and port'],
    ['    - waitLog: { service: a, pattern: "(" }', 'Unterminated group'],
    ['    - http: { request: GET http://a:1/, json: {}, raw: x }', 'a request has one body'],
    ['    - http: { request: GET http://a:1/, headers: { a: "{{tokn}}" } }', '{{tokn}} was not captured'],
  ])('%s', (yaml, message) => {
    const error = refusal(yaml);
    expect(error.message).toContain(message);
    expect(error).toMatchObject({
      code: 'SCENARIO_INVALID',
      location: expect.stringMatching(/steps\.yaml:\d+:\d+$/) as unknown,
    });
  });
});

test('what a vault has filled in is masked wherever it stands, in every form', () => {
  const vault = createVault({ KEY: 'se cret/1' });
  expect(vault.fill('a ${env:KEY} {{b}} {{c}}', new Map([['b', 'B']]))).toBe('a se cret/1 B {{c}}');
  expect(vault.mask('se cret/1 se%20cret%2F1 c2UgY3JldC8x')).toBe('*** *** ***');
});

test('captures: paths, headers, regular expressions', () => {
  const output = { text: '{"a":[{"b c":7}],"ok":true}', headers: { location: '/x' } };
  expect([
    ...captureAll(
      { one: "$.a[0]['b c']", two: 'header:Location', three: '"ok":(\\w+)', four: '$.ok' },
      output,
    ).values(),
  ]).toEqual(['7', '/x', 'true', 'true']);
});
