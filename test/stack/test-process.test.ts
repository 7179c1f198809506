import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { killed, nameOfTest } from '../test-process.js';

test('only what belongs to a test process that has ended may be removed', () => {
  const { pid } = spawnSync('true');
  expect(killed(nameOfTest('plain').replace(String(process.pid), String(pid)))).toBe(true);
  expect(killed(nameOfTest('plain'))).toBe(false);
  expect(killed(`production-${pid}`)).toBe(false);
  expect(killed('slopegate-test-plain')).toBe(false);
});
