import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectScenario, loadScenario } from '../../src/scenario/index.js';

const SCENARIO = `slopegate: 1
name: tiny
arms:
  baseline: { label: old, compose: a.yml }
  candidate: { label: new, compose: b.yml }
stack: { entry: "waf:8080" }
traffic: { mix: [{ label: home, request: GET / }] }
gate: { accept: accepted.yaml }
`;
const ENTRY = '- { finding: threads-grow, service: waf, reason: a pool, owner: Anna, expires: 2027-01-31 }\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slopegate-accept-'));
  writeFileSync(join(folder, 'scenario.yaml'), SCENARIO);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The faults of a scenario whose accepted findings are these. */
async function faultsOf(text: string | Uint8Array): Promise<string[]> {
  writeFileSync(join(folder, 'accepted.yaml'), text);
  const { faults, scenario } = await inspectScenario(join(folder, 'scenario.yaml'));
  expect(scenario === null).toBe(faults.some(({ severity }) => severity === 'error'));
  return faults.map(({ place, message, hint }) => `${place?.line}:${place?.column} ${message} | ${hint}`);
}

describe('a file of accepted findings', () => {
  it('becomes a part of the scenario', async () => {
    writeFileSync(
      join(folder, 'accepted.yaml'),
      `${ENTRY}- { finding: hosts-differ, reason: r, owner: o, expires: 2027-02-28 }\n`,
    );
    expect((await loadScenario(join(folder, 'scenario.yaml'))).gate.accepted).toEqual([
      { finding: 'threads-grow', service: 'waf', reason: 'a pool', owner: 'Anna', expires: '2027-01-31' },
      { finding: 'hosts-differ', service: null, reason: 'r', owner: 'o', expires: '2027-02-28' },
    ]);
  });

  it('that is missing is reported at its place in the scenario', async () => {
    const { scenario, faults } = await inspectScenario(join(folder, 'scenario.yaml'));
    expect(scenario).toBeNull();
    expect(faults.map(({ place, message }) => [place?.line, message])).toEqual([
      [8, expect.stringMatching(/^gate\.accept: cannot read .*accepted\.yaml/)],
    ]);
  });

  it.each([
    [
      'a kind with a typo',
      ENTRY.replace('threads-grow', 'thread-grow'),
      /^1:\d+ 0\.finding: .*did you mean "threads-grow"\?/,
    ],
    ['no owner', ENTRY.replace(' owner: Anna,', ''), /0\.owner: is missing \| each entry has finding/],
    ['an empty reason', ENTRY.replace('a pool', '" "'), /0\.reason: is empty/],
    ['a day that does not exist', ENTRY.replace('01-31', '02-30'), /0\.expires: is not a day of the calendar/],
    [
      'another form of a day',
      ENTRY.replace('2027-01-31', '31.1.2027'),
      /0\.expires: is not a day: write it as 2027-01-31/,
    ],
    ['an unknown key', ENTRY.replace('owner', 'onwer: x, owner'), /unknown key "onwer"/],
    ['the same finding twice', ENTRY + ENTRY, /^2:\d+ 1: threads-grow is accepted twice/],
    ['no list', 'finding: threads-grow\n', /expected a list/],
    ['nothing', '', /is empty|is missing|expected a list/],
    ['broken YAML', '- { finding: [\n', /./],
    ['bytes that are no text', new Uint8Array([45, 32, 0, 1]), /the file is binary/],
  ])('with %s is refused, with the place', async (_, text, told) => {
    expect((await faultsOf(text)).join('\n')).toMatch(told);
  });
});
