import { describe, expect, it } from 'vitest';
import { inspectText, type Overrides } from '../../src/scenario/index.js';

const TEXT = `slopegate: 1
name: tiny
arms:
  baseline: { label: old, compose: a.yml }
  candidate: { label: new, compose: b.yml }
stack: { entry: "waf:8080" }
traffic:
  mix: [{ label: home, request: GET / }, { label: search, request: GET /s }]
  sources: [{ library: attacks }]
  phases:
    - { name: day, share: 50%, mix: { home: 1 } }
    - { name: night, share: 50%, mix: { search: 1 } }
experiment: { preset: gate, window: { seconds: 10m }, order: interleaved }
`;

const scenarioWith = async (overrides: Overrides) => (await inspectText({ text: TEXT }, '/s', overrides)).scenario;

describe('values of the command line instead of the file', () => {
  it('a preset brings its own times and looks', async () => {
    expect((await scenarioWith({ preset: 'quick' }))?.experiment).toMatchObject({
      looks: [3, 5],
      window: { requests: 4500, seconds: 75 },
      order: 'interleaved',
    });
  });

  it.each([
    [2, [2]],
    [4, [3, 4]],
    [5, [3, 5]],
    [8, [3, 5, 8]],
    [20, [3, 5, 20]],
  ])('%i replicates at most are looks at %j', async (replicates, looks) => {
    expect((await scenarioWith({ replicates }))?.experiment.looks).toEqual(looks);
  });

  it('a margin', async () => {
    expect((await scenarioWith({ margin: '64 B/request' }))?.gate.marginBytesPerRequest).toBe(64);
  });

  it('only some labels, without phases', async () => {
    const traffic = (await scenarioWith({ only: ['search', 'attack-sqli'] }))?.traffic;
    expect(traffic?.mix.map(({ label }) => label)).toEqual(['search']);
    expect(traffic?.sources).toMatchObject([{ kind: 'library', classes: ['sqli'] }]);
    expect(traffic?.phases).toBeUndefined();
  });

  it('an unknown label is named', async () => {
    await expect(inspectText({ text: TEXT }, '/s', { only: ['serch'] })).rejects.toMatchObject({
      code: 'USAGE',
      hint: 'did you mean "search"?',
    });
  });
});
