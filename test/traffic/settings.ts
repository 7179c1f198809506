import type { RequestTemplate, TrafficSettings } from '../../src/model/index.js';

/** A request template with everything a test does not care about filled in. */
export function template(overrides: Partial<RequestTemplate> = {}): RequestTemplate {
  return {
    label: 'page',
    weight: 1,
    expect: 'passed',
    method: 'GET',
    path: '/',
    headers: {},
    body: null,
    ...overrides,
  };
}

export function settings(overrides: Partial<TrafficSettings> = {}): TrafficSettings {
  return {
    seed: 1,
    rate: 75,
    host: 'shop.example',
    fields: {},
    mix: [template()],
    blockedStatuses: [403],
    ...overrides,
  };
}

/** A shop: every kind of field and every kind of body. */
export const SHOP: TrafficSettings = settings({
  seed: 7,
  fields: {
    id: { kind: 'integer', from: 1, to: 500_000 },
    color: { kind: 'oneOf', values: ['rouge', 'grün', 'blue & white'] },
    query: { kind: 'word', cardinality: 3000 },
    session: { kind: 'hex', length: 32, cardinality: 1000 },
    address: { kind: 'ipv4', cardinality: 5000 },
    agent: { kind: 'userAgent', cardinality: 200 },
    note: { kind: 'text', bytes: 120, cardinality: 50 },
  },
  mix: [
    template({
      label: 'browse',
      weight: 60,
      path: '/p/{id}?q={query}&c={color}',
      headers: { 'User-Agent': '{agent}', 'X-Forwarded-For': '{address}', Cookie: 'sid={session}' },
    }),
    template({
      label: 'login',
      weight: 20,
      method: 'POST',
      path: '/login',
      headers: { 'User-Agent': '{agent}' },
      body: { kind: 'form', fields: { user: '{query}', note: '{note} & {color}' } },
    }),
    template({
      label: 'api',
      weight: 10,
      method: 'PUT',
      path: '/api/{id}',
      body: { kind: 'json', value: { id: '{id}', tags: ['{color}', { deep: '{note}' }], n: 3 } },
    }),
    template({
      label: 'upload',
      weight: 5,
      method: 'POST',
      path: '/upload',
      body: {
        kind: 'multipart',
        parts: [{ name: 'file', filename: '{query}.txt', contentType: 'text/plain', text: '{note}' }],
      },
    }),
    template({ label: 'sqli', weight: 5, expect: 'blocked', path: "/p?id=1%27%20OR%20%271%27='1--{id}", body: null }),
  ],
});
