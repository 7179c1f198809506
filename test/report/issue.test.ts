import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUNT_SCHEMA, type HuntResult } from '../../src/model/index.js';
import { renderIssue, REPORTERS } from '../../src/report/index.js';
import type { Result } from '../../src/results/index.js';
import { slopegate } from '../cli/in-process.js';
import { failing, passing } from './fixtures.js';

const HUNT: HuntResult = {
  schema: HUNT_SCHEMA,
  scenario: 'modsecurity-xml-rollback',
  startedAt: '2026-11-28T10:00:00Z',
  seconds: 430,
  labels: { baseline: 'old', candidate: 'new' },
  images: { baseline: {}, candidate: {} },
  rate: 100,
  services: ['waf'],
  unseen: [],
  shapes: 0,
  rows: [],
  findings: [
    {
      shape: 'xml, broken',
      request: 'POST / HTTP/1.1\nHost: shop.test\nContent-Type: text/xml\n\n```<a>',
      bytes: 43_237,
      per: 'request',
      trials: 12,
      alike: ['xml, empty'],
      scenario: 'found-1.yaml',
    },
  ],
};

describe('the note for the makers of a candidate that failed', () => {
  const issue = (result: Result, hunt: HuntResult | null): string =>
    renderIssue({ result, hunt, command: 'slopegate run rollback.yaml' });

  test('without a hunt', async () => {
    await expect(issue(failing(), null)).toMatchFileSnapshot('golden/failing/issue.md');
  });

  test('the smallest request of a hunt is in a block of code that it cannot end', () => {
    const text = issue(failing(), HUNT);
    expect(text).toContain(
      'The smallest request that was found leaves 43,237 bytes on the heap for each request. ' +
        'Another kind of request leaves the same.',
    );
    expect(text).toContain('````\nPOST / HTTP/1.1\nHost: shop.test\nContent-Type: text/xml\n\n```<a>\n````\n');
  });

  test('text from outside cannot have markup or notify a person', () => {
    const result = failing();
    const { scenario } = result.manifest;
    const candidate = { ...scenario.arms.candidate, label: '@maintainer <b>*new*</b>' };
    const arms = { ...scenario.arms, candidate };
    const text = issue({ ...result, manifest: { ...result.manifest, scenario: { ...scenario, arms } } }, null);
    expect(text.split('\n')[0]).toBe('# Memory grows with requests in @\u200Bmaintainer &lt;b&gt;\\*new\\*&lt;/b&gt;');
  });

  test('the environment of the compose files is not in it', () => {
    const result = failing();
    const { scenario } = result.manifest;
    const candidate = { ...scenario.arms.candidate, environment: { DB_PASSWORD: 'hunter2' } };
    const arms = { ...scenario.arms, candidate };
    const text = issue({ ...result, manifest: { ...result.manifest, scenario: { ...scenario, arms } } }, null);
    expect(text).not.toContain('hunter2');
  });
});

describe('slopegate report --format issue', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slopegate-issue-'));
  const [failed, passed, hunted] = ['failed', 'passed', 'hunted'].map((name) => join(folder, name));
  beforeAll(() => {
    for (const path of [failed, passed, hunted]) mkdirSync(path!);
    const json = REPORTERS.get('json')!;
    writeFileSync(join(failed!, 'result.json'), json(failing()).contents);
    writeFileSync(join(passed!, 'result.json'), json(passing()).contents);
    writeFileSync(join(hunted!, 'hunt.json'), JSON.stringify(HUNT));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('prints the note', async () => {
    const { exit, out } = await slopegate(['report', failed!, '--format', 'issue', '--hunt', hunted!]);
    expect(exit).toBe(0);
    expect(out).toContain('# Memory grows with requests in ');
    expect(out).toContain('Content-Type: text/xml');
  });

  test.each([
    ['a run that did not fail', () => [passed!, '--format', 'issue'], /USAGE: The run is PASS[^]*hint:/],
    [
      'a folder without a hunt',
      () => [failed!, '--format', 'issue', '--hunt', passed!],
      /RUN_UNREADABLE: .*hunt\.json cannot be read[^]*slopegate hunt/,
    ],
    ['a hunt for another report', () => [failed!, '--hunt', hunted!], /USAGE: --hunt belongs to --format issue/],
  ])('%s is refused with exit code 2', async (_, argv, message) => {
    const { exit, out, err } = await slopegate(['report', ...argv()]);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('a hunt in another image is refused', async () => {
    const [container] = failing().containers.candidate;
    const images = { baseline: {}, candidate: { [container!.service]: 'waf:other sha256:0000' } };
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'hunt.json'), JSON.stringify({ ...HUNT, images }));
    const { exit, err } = await slopegate(['report', failed!, '--format', 'issue', '--hunt', other]);
    expect(exit).toBe(2);
    expect(err).toMatch(/USAGE: The hunt ran another image of \S+ than the run[^]*hint: The run had/);
  });
});
