import { expect, test } from 'vitest';
import { startedModel } from '../../src/compose/started-model.js';

test('limits of 0, which Compose leaves out and then misses, are written out', () => {
  const ulimits = { core: {}, nofile: { hard: 5 }, nproc: 7, memlock: { soft: 1, hard: 2 } };
  expect(startedModel({ services: { waf: { ulimits } } }).services['waf']?.['ulimits']).toEqual({
    core: { soft: 0, hard: 0 },
    nofile: { soft: 0, hard: 5 },
    nproc: 7,
    memlock: { soft: 1, hard: 2 },
  });
});
