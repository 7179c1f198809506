import { expect, test } from 'vitest';
import type { Result } from '../../src/results/index.js';
import { REPORTERS } from '../../src/report/index.js';
import { tell } from './fixtures.js';

test('the page shows both hosts if each version had its own, and equal values only once', () => {
  const result = tell({ story: { growth: { waf: { baseline: 0, candidate: 0 } } }, outcome: 'pass' });
  const { host } = result.manifest;
  const apart: Result = {
    ...result,
    manifest: { ...result.manifest, candidateHost: { ...host!, kernel: '6.99', cpuModel: '', swapBytes: null } },
  };
  const page = REPORTERS.get('html')!(apart)
    .contents.replace(/<script.*?<\/script>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
  expect(page).toContain(`Kernel ${host!.kernel} (baseline’s host), 6.99 (candidate’s)`);
  expect(page).toContain(`Docker ${host!.docker} (API ${host!.dockerApi}), on both hosts`);
  expect(page).toContain('not known (candidate’s)');
});
