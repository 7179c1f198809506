import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bisect, folder, hostOf, ladder, NO_RUN, RECORDED, runOf, SCENARIO } from './recorded-releases.js';

describe('a ladder over runs that exist', () => {
  const root = folder();
  runOf(root, '2', RECORDED.honest);
  runOf(root, '3', RECORDED.leak);

  test('uses them again, and starts nothing', async () => {
    const { result, directory } = await ladder(root, ['1', '2', '3']);
    expect(result.rungs).toMatchObject([
      { version: '1', label: 'waf 1', outcome: null, failure: null, run: null },
      { version: '2', label: 'waf 2', outcome: 'pass', run: 'test-run-2', reused: true },
      { version: '3', label: '3', outcome: 'fail', run: 'test-run-3', reused: true },
    ]);
    const [first, second, third] = result.rungs.map(({ services }) => services[0]);
    expect(Math.abs(first!.growth!.value)).toBeLessThan(500);
    expect(second!.difference!.upper).toBeLessThan(2000);
    expect(third!.step!.value).toBeCloseTo(third!.difference!.value - second!.difference!.value, 6);
    expect(third!.step!.value).toBeGreaterThan(7000);
    expect(result.notes).toEqual([]);
    expect(JSON.parse(readFileSync(join(directory, 'ladder.json'), 'utf8'))).toEqual(result);
  });

  test('a version without a run is run', async () => {
    await expect(ladder(root, ['1', '2', '4'])).rejects.toBe(NO_RUN);
  });

  test('--fresh uses none of them', async () => {
    await expect(ladder(root, ['1', '2'], { changes: { fresh: true } })).rejects.toBe(NO_RUN);
  });

  test('different hosts are reported', async () => {
    const two = folder();
    runOf(two, '2', RECORDED.honest);
    runOf(two, '3', RECORDED.honest, { host: hostOf('Two') });
    const { result } = await ladder(two, ['1', '2', '3']);
    expect(result.notes).toEqual(['hosts-differ']);
  });
});

describe('a search over runs that exist', () => {
  const root = folder();
  runOf(root, '1', RECORDED.honest);
  for (const version of ['2', '3']) runOf(root, version, RECORDED.honest);
  for (const version of ['4', '5']) runOf(root, version, RECORDED.leak);

  test('names the first bad version', async () => {
    const { result, directory } = await bisect(root, ['1', '2', '3', '4', '5'], 0.9);
    expect(result).toMatchObject({ firstBad: ['4'], ended: 'sure', good: '1', bad: '5', notes: [] });
    expect(result.rates).toEqual({ falseFail: 0.01, missedFail: 0.08 });
    expect(result.tests.map(({ version, outcome, reused }) => [version, outcome, reused])).toEqual([
      ['5', 'fail', true],
      ['1', 'pass', true],
      ['2', 'pass', true],
      ['3', 'pass', true],
      ['4', 'fail', true],
    ]);
    expect(result.probabilities.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(JSON.parse(readFileSync(join(directory, 'bisect.json'), 'utf8'))).toEqual(result);
  });

  test('begins a run only if one is needed', async () => {
    await expect(bisect(root, ['1', '2', '3', '4', '5'], 0.999)).rejects.toBe(NO_RUN);
    await expect(bisect(root, ['1', '4', '6'], 0.9)).rejects.toBe(NO_RUN);
  });

  test('a scenario whose requests repeat is refused before any run: its good version cannot pass', async () => {
    const { traffic } = SCENARIO;
    const scenario = { ...SCENARIO, traffic: { ...traffic, repeat: 300 } };
    await expect(bisect(root, ['1', '2', '3'], 0.9, { scenario })).rejects.toMatchObject({
      code: 'BISECT_REFUSED',
      hint: expect.stringContaining('never pass'),
    });
  });

  test('a bad version that passes is refused, with its run', async () => {
    await expect(bisect(root, ['1', '2', '3'], 0.9)).rejects.toMatchObject({
      code: 'BISECT_REFUSED',
      message: 'The bad version 3 is PASS, compared with the good one. A search needs a FAIL there.',
      location: 'test-run-3',
    });
  });

  test('a good version that fails against itself is refused', async () => {
    const noisy = folder();
    runOf(noisy, '1', RECORDED.leak);
    runOf(noisy, '2', RECORDED.leak);
    await expect(bisect(noisy, ['1', '2'], 0.9)).rejects.toMatchObject({
      code: 'BISECT_REFUSED',
      message: 'The good version 1 is FAIL, compared with itself. A search needs a PASS there.',
    });
  });
});
