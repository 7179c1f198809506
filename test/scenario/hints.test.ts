import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlopegateError } from '../../src/model/index.js';
import { inspectScenario, inspectWithFiles } from '../../src/scenario/index.js';

const GOOD = `slopegate: 1
name: t
arms:
  baseline: { label: a, compose: compose.yml, environment: { V: 1 } }
  candidate: { label: b, compose: compose.yml, environment: { V: 2 } }
stack: { entry: "waf:8080" }
traffic:
  rate: 50/s
  mix: [{ label: x, request: GET / }]
`;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slopegate-hints-'));
  writeFileSync(join(folder, 'compose.yml'), 'services: { waf: { image: "a:${V}" } }\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every fault of a scenario file as `line:column message | hint`, without the name of the folder. */
async function faultsOf(text: string): Promise<string[]> {
  const file = join(folder, 'scenario.yaml');
  writeFileSync(file, text);
  try {
    const { faults } = await inspectWithFiles(await inspectScenario(file), {});
    return faults.map(({ place, message, hint }) =>
      `${place?.line}:${place?.column} ${message} | ${hint}`.replaceAll(`${folder}/`, ''),
    );
  } catch (error) {
    return [(error as SlopegateError).message];
  }
}

const stack = (more: string): string => GOOD.replace('"waf:8080"', `"waf:8080", ${more}`);
const without = (line: RegExp): string => GOOD.replace(line, '');
const ARM = 'environment: { VERSION: 1';

test.each<[string, string, string]>([
  ['memory without unit', stack('limits: { memory: 12 }'), 'limits.memory: 12 has no unit | write memory: 12MiB'],
  ['memory of 0', stack('limits: { memory: 0 }'), 'limits.memory: 0 has no unit | write memory: 1GiB'],
  ['memory in words', stack('limits: { memory: lots }'), '| write memory: 1GiB'],
  ['a margin without unit', `${GOOD}gate: { margin: 12 }`, 'margin: 12 has no unit | write margin: 12 B/request'],
  ['a margin per day', `${GOOD}gate: { margin: 12 MB/day }`, '| write margin: 32 B/request'],
  ['cpus as text', stack('limits: { cpus: "1" }'), 'expected a number, not "1" | write cpus: 1'],
  [
    'no candidate',
    without(/ {2}candidate.*\n/),
    `is missing | write candidate: { label: my-waf 1.5, compose: compose.yml, ${ARM}.5 } }`,
  ],
  ['an empty candidate', GOOD.replace(/ {2}candidate.*/, '  candidate:'), '| write candidate: { label: my-waf 1.5'],
  ['a candidate as text', GOOD.replace(/ {2}candidate.*/, '  candidate: a'), '| write candidate: { label: my-waf 1.5'],
  ['no baseline', without(/ {2}baseline.*\n/), 'is missing | write baseline: { label: my-waf 1.4'],
  ['no arms', without(/arms:\n.*\n.*\n/), 'arms: is missing | see "slopegate validate --schema" for every key'],
  ['no label', GOOD.replace('label: b, ', ''), 'arms.candidate.label: is missing | write label: my-waf 1.4'],
  ['extends of nothing', `extends: base.yaml\n${GOOD}`, '| the path is relative to the folder of scenario.yaml'],
  ['extends of a folder', `extends: ./\n${GOOD}`, '| the path is relative to the folder of scenario.yaml'],
  ['extends of itself', `extends: scenario.yaml\n${GOOD}`, '| two scenarios cannot extend each other'],
  ['an entry without port', GOOD.replace('waf:8080', 'waf'), '| write entry: waf:8080'],
  ['an entry with port 99999', GOOD.replace('8080', '99999'), 'ports go from 1 to 65535 | write entry: waf:8080'],
  ['an entry that is not there', GOOD.replace('waf:', 'web:'), 'have no service "web" | did you mean "waf"?'],
  ['a rate without unit', GOOD.replace('50/s', '50'), '| write rate: 50/s'],
  ['a rate in words', GOOD.replace('50/s', 'fast'), '| write rate: 75/s'],
  ['a rate below 0', GOOD.replace('50/s', '-5/s'), '| write rate: 75/s'],
  ['a typo in a section', GOOD.replace('traffic:', 'trafic:'), 'unknown key "trafic" | did you mean "traffic"?'],
  ['a typo in an arm', GOOD.replace('environment: { V: 2', 'enviroment: { V: 2'), '| did you mean "environment"?'],
  ['an empty mix', GOOD.replace(/mix: .*/, 'mix: []'), 'traffic.mix: expected a request template here'],
  ['a request without method', GOOD.replace('GET /', '/x'), '| write request: "GET /products/{id}"'],
  ['a weight below 0', GOOD.replace('label: x', 'label: x, weight: -1'), '-1 is too small: it must be above 0 | null'],
  [
    'a corpus that is missing',
    GOOD.replace(/mix: .*/, 'sources: [{ corpus: m.ndjson }]'),
    'traffic.sources.0.corpus: m.ndjson: there is no such file | the path is relative to the folder',
  ],
  [
    'a log that is missing',
    GOOD.replace(/mix: .*/, 'sources: [{ import: access-log, paths: [m.log] }]'),
    'traffic.sources.0.paths.0: m.log: there is no such file',
  ],
  ['equal arms', GOOD.replace('V: 2', 'V: 1'), 'both arms are the same'],
  [
    'a compose file that is missing',
    GOOD.replaceAll('compose: compose.yml', 'compose: no.yml'),
    'no.yml: there is no such file',
  ],
  ['an unknown preset', `${GOOD}experiment: { preset: quik }`, '| did you mean "quick"?'],
  ['a key of the wrong section', `${GOOD}preset: quick`, 'unknown key "preset" | known keys here: slopegate, extends'],
  ['replicates', `${GOOD}experiment: { replicates: 1 }`, '| known keys here: preset, order, looks'],
  ['a window without unit', `${GOOD}experiment: { window: 5 }`, '| write window: { seconds: 5m }'],
  ['a window in words', `${GOOD}experiment: { window: 5 parsecs }`, '| write window: { seconds: 5m }'],
  ['one alpha for all', `${GOOD}gate: { alpha: 0.05 }`, 'gate.alpha: expected keys with values, not 0.05'],
  ['a later format', GOOD.replace('slopegate: 1', 'slopegate: 2'), 'written for a newer slopegate'],
  ['a step that is not known', stack('steps: [{ cal: GET / }]'), 'unknown key "cal" | known keys here: name'],
  ['a path without slash', stack('ready: { path: x }'), 'a path begins with "/" | write path: /'],
  ['a status of 999', stack('ready: { path: /, status: 999 }'), '999 is too large: it must be 599 or less | null'],
])('%s', async (_, text, expected) => {
  const faults = await faultsOf(text);
  expect(faults.join('\n')).toContain(expected);
  // One fault is one entry, and a hint is no second opinion.
  expect(faults.filter((fault) => /write .*\| write/.test(fault))).toEqual([]);
});

test('faults of the schema, of the stack and of the traffic are in one list', async () => {
  const sources = 'sources: [{ corpus: a.ndjson }, { corpus: b.ndjson }]';
  const text = `${GOOD.replace('waf:', 'web:').replace(/mix: .*/, sources)}gate: { margin: 3 }`;
  expect((await faultsOf(text)).map((fault) => fault.split(' ').slice(0, 2).join(' '))).toEqual([
    '6:17 stack.entry:',
    '9:23 traffic.sources.0.corpus:',
    '9:45 traffic.sources.1.corpus:',
    '10:17 gate.margin:',
  ]);
});
