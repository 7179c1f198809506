import { expect, test } from 'vitest';
import type { TrafficSettings } from '../../src/model/index.js';
import { portableScenario } from '../../src/scenario/index.js';
import { parsedWith, refusalOf } from './parsed.js';

const MIX = 'mix: [{label: a, request: GET /}]';
const trafficOf = (text: string): TrafficSettings => parsedWith(`${text}\n${MIX}`).traffic;

function problem(text: string): string {
  const { location, message, hint } = refusalOf(() => parsedWith(text));
  return `${location}: ${message} ${hint ?? ''}`;
}

test('settings that are not stated are absent, so earlier traffic stays the same', () => {
  for (const key of ['protocol', 'tls', 'keepAlive', 'reconnectEvery'])
    expect(Object.keys(trafficOf('seed: 1'))).not.toContain(key);
  expect(trafficOf('tls: false').tls).toBeUndefined();
});

test('the protocol', () => {
  expect(['http1', 'http2', '{http2: {streams: 32}}'].map((text) => trafficOf(`protocol: ${text}`).protocol)).toEqual([
    { kind: 'http1' },
    { kind: 'http2', streams: 8 },
    { kind: 'http2', streams: 32 },
  ]);
});

test('TLS: defaults, the server name of the host, and paths against the scenario', () => {
  expect(trafficOf('tls: true\nhost: shop.test:8443').tls).toEqual({
    verify: false,
    authority: null,
    serverName: 'shop.test',
    session: 'reuse',
    clientCertificates: [],
  });
  expect(trafficOf('tls: {}\nhost: 192.0.2.7:443').tls?.serverName).toBeNull();
  expect(trafficOf('tls: {serverName: null}').tls?.serverName).toBeNull();
  expect(trafficOf('tls: {verify: true}').tls).toMatchObject({ verify: true, authority: null });
  const stated = parsedWith(
    `tls: {verify: ca.pem, serverName: a.test, session: fresh, clientCertificate: [{cert: c/a.pem, key: ` +
      `/k/a.key}, {cert: c/b.pem, key: c/b.key}]}\n${MIX}`,
  );
  expect(stated.traffic.tls).toEqual({
    verify: true,
    authority: '/s/ca.pem',
    serverName: 'a.test',
    session: 'fresh',
    clientCertificates: [
      { cert: '/s/c/a.pem', key: '/k/a.key' },
      { cert: '/s/c/b.pem', key: '/s/c/b.key' },
    ],
  });
  expect(portableScenario(stated).traffic.tls).toMatchObject({
    authority: 'ca.pem',
    clientCertificates: [
      { cert: 'c/a.pem', key: '../k/a.key' },
      { cert: 'c/b.pem', key: 'c/b.key' },
    ],
  });
});

test('keep-alive, storms and what one request does', () => {
  expect(
    ['close', '{requests: 100}', '{seconds: 15s}', '{requests: 9, seconds: 1m}'].map(
      (text) => trafficOf(`keepAlive: ${text}`).keepAlive,
    ),
  ).toEqual([{ requests: 1 }, { requests: 100 }, { seconds: 15 }, { requests: 9, seconds: 60 }]);
  expect(trafficOf('reconnect: {every: 2000}').reconnectEvery).toBe(2000);
  const own = parsedWith(
    'tls: {clientCertificate: {cert: a, key: b}}\nmix:\n  - {label: a, request: GET /, behaviour: ' +
      '{clientCertificate: 1}}\n  - {label: b, request: GET /, behaviour: {clientCertificate: none, session: fresh}}',
  );
  expect(own.traffic.mix.map(({ behaviour }) => behaviour)).toEqual([
    { clientCertificate: 1 },
    { clientCertificate: 0, session: 'fresh' },
  ]);
});

const one = (behaviour: string): string => `mix: [{label: a, request: GET /, behaviour: ${behaviour}}]`;

test.each<[string, string, RegExp]>([
  [
    'a protocol that is not there',
    `protocol: http3\n${MIX}`,
    /x\.yaml:8:13: traffic\.protocol: expected one of: http1, http2/,
  ],
  [
    'a mistyped key of TLS',
    `tls: {sesion: fresh}\n${MIX}`,
    /x\.yaml:8:9: traffic\.tls: unknown key "sesion" did you mean "session"/,
  ],
  [
    'a session that is not there',
    `tls: {session: never}\n${MIX}`,
    /traffic\.tls\.session: expected one of: reuse, fresh/,
  ],
  [
    'a certificate without a key',
    `tls: {clientCertificate: {cert: a.pem}}\n${MIX}`,
    /traffic\.tls\.clientCertificate\.key: is missing/,
  ],
  ['a policy that is none', `keepAlive: {requests: 0}\n${MIX}`, /traffic\.keepAlive\.requests: /],
  ['a policy that says nothing', `keepAlive: {}\n${MIX}`, /traffic\.keepAlive: is empty/],
  [
    'a mistyped policy',
    `keepAlive: {request: 3}\n${MIX}`,
    /traffic\.keepAlive: unknown key "request".* did you mean "requests"/,
  ],
  ['a storm by time', `reconnect: {every: 30s}\n${MIX}`, /traffic\.reconnect\.every: /],
  ['h2 without HTTP/2', `engine: h2\n${MIX}`, /traffic\.engine: h2 speaks only HTTP\/2; add protocol: http2/],
  ['HTTP/2 by wire', `engine: wire\nprotocol: http2\n${MIX}`, /traffic\.engine: wire does not speak HTTP\/2/],
  ['TLS by autocannon', `engine: autocannon\ntls: true\n${MIX}`, /traffic\.engine: autocannon has no tls/],
  [
    'a storm by autocannon',
    `engine: autocannon\nreconnect: {every: 9}\n${MIX}`,
    /traffic\.engine: autocannon has no reconnect/,
  ],
  [
    'a behaviour of HTTP/1 in HTTP/2',
    `protocol: http2\n${one('{pipelined: true}')}`,
    /x\.yaml:9:\d+: traffic\.mix\.0\.behaviour: with HTTP\/2 the only behaviour is abort/,
  ],
  [
    'an abort that HTTP/2 has not',
    `protocol: http2\n${one('{abort: {of: request, after: 10B}}')}`,
    /traffic\.mix\.0\.behaviour\.abort: HTTP\/2 cancels/,
  ],
  [
    'a header of the connection in HTTP/2',
    `protocol: http2\nmix: [{label: a, request: GET /, headers: {Connection: close}}]`,
    /traffic\.mix\.0\.headers\.Connection: HTTP\/2 has no Connection header/,
  ],
  [
    'exact bytes in HTTP/2',
    'protocol: http2\nsources: [{import: http, paths: [x], exact: true}]',
    /traffic\.sources\.0\.exact: exact bytes need HTTP\/1/,
  ],
  [
    'a certificate that is not there',
    `tls: true\n${one('{clientCertificate: 1}')}`,
    /traffic\.mix\.0\.behaviour\.clientCertificate: traffic\.tls has no clientCertificate/,
  ],
  [
    'one certificate too many',
    `tls: {clientCertificate: {cert: a, key: b}}\n${one('{clientCertificate: 2}')}`,
    /traffic\.tls has 1 client certificate$|traffic\.tls has 1 client certificate /,
  ],
  ['a session without TLS', one('{session: fresh}'), /traffic\.mix\.0\.behaviour\.session: needs traffic\.tls/],
])('%s is refused, with its place', (_, text, message) => {
  expect(problem(text)).toMatch(message);
});
