import { expect, test } from 'vitest';
import { differingSettings, withSettingsFrom } from '../../src/arms/index.js';
import type { ComposeModel, ComposeService } from '../../src/compose/model.js';

const bind = (source: string, target: string) => ({ type: 'bind', source, target });
const model = (waf: ComposeService): ComposeModel => ({ services: { waf, other: { image: 'other' } } });

const BASELINE = model({
  image: 'waf:1',
  command: ['old'],
  environment: { LEVEL: '1', SAME: 'x', GONE: 'y' },
  volumes: [bind('/old/rules', '/etc/rules'), bind('/same', '/same'), { type: 'volume', source: 'a', target: '/data' }],
  labels: { version: '1' },
});
const CANDIDATE = model({
  image: 'waf:2',
  environment: { LEVEL: '2', SAME: 'x', ADDED: null },
  volumes: [bind('/new/rules', '/etc/rules'), bind('/same', '/same'), { type: 'volume', source: 'b', target: '/data' }],
  labels: { version: '2' },
});
const DIFFERENT = ['command', 'environment ADDED', 'environment GONE', 'environment LEVEL', 'mount /etc/rules'];

test('settings that differ are variables, mounts of the host, and the command', () => {
  expect(differingSettings('waf', BASELINE, CANDIDATE)).toEqual(DIFFERENT);
  expect(differingSettings('waf', BASELINE, BASELINE)).toEqual([]);
  expect(differingSettings('missing', BASELINE, CANDIDATE)).toEqual([]);
});

test('chosen settings are taken from the other model, and nothing else', () => {
  const mixed = withSettingsFrom(CANDIDATE, BASELINE, 'waf', ['environment GONE', 'environment ADDED', 'command']);
  expect(mixed.services['waf']).toEqual({
    ...CANDIDATE.services['waf'],
    command: ['old'],
    environment: { LEVEL: '2', SAME: 'x', GONE: 'y' },
    volumes: expect.arrayContaining([...(CANDIDATE.services['waf']?.volumes ?? [])]),
  });
  expect(mixed.services['other']).toBe(CANDIDATE.services['other']);
});

test('with all settings of the other model, none differs any more', () => {
  const mixed = withSettingsFrom(CANDIDATE, BASELINE, 'waf', DIFFERENT);
  expect(differingSettings('waf', BASELINE, mixed)).toEqual([]);
  expect(mixed.services['waf']?.image).toBe('waf:2');
  expect(mixed.services['waf']?.volumes).toContainEqual({ type: 'volume', source: 'b', target: '/data' });
});

test('without settings the model stays as it is', () => {
  expect(withSettingsFrom(CANDIDATE, BASELINE, 'waf', [])).toBe(CANDIDATE);
});
