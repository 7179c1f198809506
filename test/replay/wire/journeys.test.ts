import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Journey, JourneyStep, TrafficSettings } from '../../../src/model/index.js';
import { createWireReplayer } from '../../../src/replay/index.js';
import { buildTrace, createMultisetDigest } from '../../../src/traffic/index.js';
import { settings, template } from '../../traffic/settings.js';
import { startRecordingServer, type Answer } from '../recording-server.js';
import { jobOf } from '../traces.js';

const step = (overrides: Partial<JourneyStep>): JourneyStep => {
  const { weight: _, ...rest } = template();
  return { ...rest, capture: {}, ...overrides };
};

const login: Journey = {
  name: 'shop',
  weight: 1,
  users: 4,
  vary: ['item'],
  steps: [
    step({ label: 'form', path: '/login', capture: { csrf: 'name="csrf" value="([^"]+)"', sid: 'cookie:sid' } }),
    step({
      label: 'login',
      method: 'POST',
      path: '/login?u={user}',
      headers: { Cookie: 'sid={sid}' },
      body: { kind: 'form', fields: { csrf: '{csrf}', user: '{user}' } },
      capture: { token: '$.token', place: 'header:Location' },
    }),
    step({
      label: 'item',
      path: '/item/{item}?t={token}&u={user}',
      headers: { Cookie: 'sid={sid}', 'X-At': '{place}' },
    }),
  ],
};

const shop = (journey: Journey): TrafficSettings =>
  settings({
    fields: { user: { kind: 'word', cardinality: 50 }, item: { kind: 'integer', from: 1, to: 1000 } },
    mix: [],
    journeys: [journey],
  });

/** Answers with a new cookie and token each time; refuses a form whose token was not given out with its cookie. */
function backend(): { readonly answer: (n: number, request: Buffer) => Answer; readonly refused: () => number } {
  const given = new Map<string, string>();
  let refused = 0;
  const answer = (n: number, request: Buffer): Answer => {
    const text = request.toString('latin1');
    const cookie = /\r\nCookie: sid=(\S+)/.exec(text)?.[1] ?? '';
    if (text.startsWith('GET /login')) {
      const [sid, csrf] = [`s${n}`, `c&=+ ${createHash('md5').update(String(n)).digest('base64')}`];
      given.set(sid, csrf);
      return {
        headers: [`Set-Cookie: other=1`, `Set-Cookie: sid=${sid}; Path=/`],
        body: `<input name="csrf" value="${csrf}">`,
        after: 'end',
      };
    }
    if (text.startsWith('POST /login')) {
      const form = new URLSearchParams(text.slice(text.indexOf('\r\n\r\n') + 4));
      const body = JSON.stringify({ token: `t/${cookie}` });
      if (form.get('csrf') === given.get(cookie))
        return { headers: [`Content-Length: ${body.length}`, `location: /home/${cookie}`], body };
      refused++;
      return { status: 403 };
    }
    const right = text.includes(`?t=t%2F${cookie}&`) && text.includes(`X-At: /home/${cookie}\r\n`);
    if (!right) refused++;
    return { status: right ? 200 : 403 };
  };
  return { answer, refused: () => refused };
}

describe('journeys over the wire', { timeout: 30_000 }, () => {
  test('values go from answers into later requests of the same visit, and the digest is the planned one', async () => {
    const { answer, refused } = backend();
    await using server = await startRecordingServer(answer);
    const trace = buildTrace(shop(login), 120);
    const result = await createWireReplayer({ connections: 3 }).start(jobOf(server.port, trace)).done;
    expect(refused()).toBe(0);
    expect(result).toMatchObject({ sent: 120, answered: 120, sentDigest: trace.digest });
    expect(result.captured).toEqual({
      taken: { 'shop.form csrf': 42, 'shop.form sid': 42, 'shop.login token': 40, 'shop.login place': 40 },
      missed: {},
      complete: { 'shop.login': 40, 'shop.item': 38 },
      incomplete: {},
    });
    const passed = createMultisetDigest();
    for (const bytes of server.requests) {
      const text = bytes.toString('latin1');
      const [method = '', target = ''] = text.split(' ');
      passed.add(method, target, bytes.subarray(text.indexOf('\r\n\r\n') + 4));
    }
    expect(result.passedDigest).toBe(passed.hex());
  });

  test('missing values are counted, and requests that need them are sent with a placeholder', async () => {
    await using server = await startRecordingServer((_, request) =>
      request.includes('GET /login') ? { headers: ['Set-Cookie: sid=1'], body: 'no form', after: 'end' } : {},
    );
    const trace = buildTrace(shop(login), 12);
    const result = await createWireReplayer().start(jobOf(server.port, trace)).done;
    expect(result.sentDigest).toBe(trace.digest);
    const { 'shop.form': forms = 0, 'shop.login': logins = 0, 'shop.item': items = 0 } = trace.labels;
    expect(result.captured).toEqual({
      taken: { 'shop.form sid': forms },
      missed: { 'shop.form csrf': forms, 'shop.login token': logins, 'shop.login place': logins },
      complete: {},
      incomplete: { 'shop.login': logins, 'shop.item': items },
    });
    expect(server.requests.some((bytes) => bytes.includes('csrf=not-captured-csrf'))).toBe(true);
  });

  test('a value that a header cannot contain is not sent', async () => {
    const body = JSON.stringify({ token: 'a\r\nX-Evil: 1' });
    await using server = await startRecordingServer(() => ({ body }));
    const journey = {
      ...login,
      steps: [step({ label: 'a', capture: { token: '$.token' } }), step({ label: 'b', headers: { 'X-T': '{token}' } })],
    };
    const trace = buildTrace(shop(journey), 8);
    const result = await createWireReplayer().start(jobOf(server.port, trace)).done;
    expect(server.requests.some((bytes) => bytes.includes('X-Evil'))).toBe(false);
    expect(result.captured?.incomplete).toEqual({ 'shop.b': trace.labels['shop.b'] });
    expect(result.sentDigest).toBe(trace.digest);
  });

  test('a request waits for the answer with its value, but only for a limited time', async () => {
    let released = (): void => {};
    const until = new Promise<void>((resolve) => (released = resolve));
    await using server = await startRecordingServer((n) =>
      n === 0 ? { headers: ['Content-Length: 2', 'X-T: 1'], delayMs: 300 } : n === 2 ? { until } : {},
    );
    const journey = {
      ...login,
      users: 1,
      steps: [step({ label: 'a', capture: { t: 'header:X-T' } }), step({ label: 'b', path: '/{t}' })],
    };
    const trace = buildTrace(shop(journey), 4);
    const running = createWireReplayer({ connections: 2 }).start(jobOf(server.port, trace));
    while (server.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
    released();
    const result = await running.done;
    expect(server.requests.map((bytes) => bytes.toString('latin1').split(' ')[1])).toEqual([
      '/',
      '/1',
      '/',
      '/not-captured-t',
    ]);
    expect(result.captured).toMatchObject({ complete: { 'shop.b': 1 }, incomplete: { 'shop.b': 1 } });
  });
});
