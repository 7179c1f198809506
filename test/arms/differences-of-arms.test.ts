import { expect, test } from 'vitest';
import { differencesOfArms } from '../../src/arms/differences/differences-of-arms.js';
import type { ComposeModel, ComposeService } from '../../src/compose/model.js';

const stack = (service: ComposeService, name = 'shop'): ComposeModel => ({
  name,
  services: { waf: service, db: { image: 'postgres:15' } },
  networks: { default: { name: `${name}_default`, ipam: {} } },
});

test('equal models have no differences, also with different project names', () => {
  expect(differencesOfArms(stack({ image: 'waf:1' }, 'a'), stack({ image: 'waf:1' }, 'b'))).toEqual([]);
});

test.each([
  ['image', 'services.waf.image', { image: 'waf:1' }, { image: 'waf:2' }],
  ['environment', 'services.waf.environment.MODE', { environment: { MODE: 'on' } }, { environment: { MODE: 'off' } }],
  ['limits', 'services.waf.mem_limit', { mem_limit: '1' }, { mem_limit: '2' }],
  ['settings', 'services.waf.command', { command: ['a'] }, { command: ['b'] }],
  [
    'files',
    'services.waf.volumes./etc/waf.conf.source',
    { volumes: [{ type: 'bind', source: '/a.conf', target: '/etc/waf.conf' }] },
    { volumes: [{ type: 'bind', source: '/b.conf', target: '/etc/waf.conf' }] },
  ],
] as const)('%s: %s', (kind, path, before, after) => {
  expect(differencesOfArms(stack(before), stack(after))).toMatchObject([{ kind, path, service: 'waf' }]);
});

test('a service that one arm alone has is one difference', () => {
  const { db: _db, ...services } = stack({ image: 'waf:1' }).services;
  expect(differencesOfArms(stack({ image: 'waf:1' }), { ...stack({}), services })).toEqual([
    { kind: 'service', service: 'db', path: 'services.db', baseline: 'postgres:15', candidate: null },
  ]);
});

test('two tags of one image are one image; one tag of two images is two', () => {
  const ids = (candidate: string) => ({
    imageIds: { baseline: { waf: 'sha256:aaaa' }, candidate: { waf: candidate } },
  });
  expect(differencesOfArms(stack({ image: 'waf:1' }), stack({ image: 'waf:2' }), ids('sha256:aaaa'))).toEqual([]);
  expect(differencesOfArms(stack({ image: 'waf:1' }), stack({ image: 'waf:1' }), ids('sha256:bbbb'))).toMatchObject([
    { kind: 'image', baseline: 'waf:1 (sha256:aaaa)', candidate: 'waf:1 (sha256:bbbb)' },
  ]);
});

test('a file of the same content is the same file, wherever it is', () => {
  const mounting = (source: string) => stack({ volumes: [{ type: 'bind', source, target: '/etc/waf.conf' }] });
  const digests = { '/old/waf.conf': 'x', '/new/waf.conf': 'x', '/new/other.conf': 'y' };
  expect(differencesOfArms(mounting('/old/waf.conf'), mounting('/new/waf.conf'), { digests })).toEqual([]);
  expect(differencesOfArms(mounting('/old/waf.conf'), mounting('/new/other.conf'), { digests })).toHaveLength(1);
});

test('services may have names that objects have anyway', () => {
  const services = (tag: string) => ({ constructor: { image: `c:${tag}` }, toString: { image: 't:1' } });
  const known = { imageIds: { baseline: {}, candidate: {} } };
  expect(differencesOfArms({ services: services('1') }, { services: services('2') }, known)).toMatchObject([
    { kind: 'image', service: 'constructor', baseline: 'c:1', candidate: 'c:2' },
  ]);
  expect(differencesOfArms({ services: {} }, { services: services('1') }, known)).toMatchObject([
    { kind: 'service', service: 'constructor', baseline: null },
    { kind: 'service', service: 'toString', baseline: null },
  ]);
});
