import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/index.js';
import { refusalOf } from './parsed.js';

const scenarioWith = (phases: string, sources = '[]') =>
  parseScenario(
    `slopegate: 1
name: tiny
arms:
  baseline: { label: old, compose: a.yml }
  candidate: { label: new, compose: b.yml }
stack: { entry: waf:8080 }
traffic:
  mix: [{ label: browse, request: GET / }, { label: search, request: GET /s }]
  sources: ${sources}
  phases:
${phases
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
experiment: { preset: quick }
`,
    '/s/x.yaml',
  );

const refusal = (...input: Parameters<typeof scenarioWith>) => refusalOf(() => scenarioWith(...input));

const DAY = '- { name: day, share: 60%, mix: { browse: 8, search: 2 } }';

describe('traffic.phases', () => {
  it('have a length and a mix, by label', () => {
    expect(scenarioWith(`${DAY}\n- { name: search-only, share: 0.4, mix: { search: 1 } }`).traffic.phases).toEqual([
      { name: 'day', share: 0.6, mix: { browse: 8, search: 2 } },
      { name: 'search-only', share: 0.4, mix: { search: 1 } },
    ]);
  });

  it('may name the attacks of the library', () => {
    expect(
      scenarioWith(
        `${DAY}\n- { name: wave, share: 40%, mix: { attack-sqli: 1 } }`,
        '[{ library: attacks, classes: [sqli] }]',
      ).traffic.phases,
    ).toHaveLength(2);
  });

  it('three thirds make a whole', () => {
    expect(
      scenarioWith(
        '- { name: a, share: 33.3%, mix: { browse: 1 } }\n- { name: b, share: 33.3%, mix: { search: 1 } ' +
          '}\n- { name: c, share: 33.4%, mix: { browse: 1 } }',
      ).traffic.phases,
    ).toHaveLength(3);
  });

  it.each([
    [
      'a label that no template has',
      '- { name: wave, share: 40%, mix: { serch: 1 } }',
      'traffic.phases.1.mix.serch: no template has the label "serch"; did you mean "search"?',
      12,
    ],
    ['one unlike any', '- { name: wave, share: 40%, mix: { login-form: 1 } }', 'labels: browse, search', 12],
    [
      'a library that is not there',
      '- { name: wave, share: 40%, mix: { attack-sqli: 1 } }',
      'no template has the label "attack-sqli"',
      12,
    ],
    [
      'a name twice',
      '- { name: day, share: 40%, mix: { search: 1 } }',
      'traffic.phases.1.name: there is another phase called "day"',
      12,
    ],
    [
      'shares that do not make a whole',
      '- { name: wave, share: 30%, mix: { search: 1 } }',
      'traffic.phases: the shares of the phases sum to 90%, not to 100%',
      11,
    ],
    [
      'a phase too short for anything',
      '- { name: wave, share: 0.4%, mix: { search: 1 } }',
      'a phase has at least 1% of the window',
      12,
    ],
    ['a phase without a mix', '- { name: wave, share: 40%, mix: {} }', 'expected labels with weights', 12],
    ['a weight of nothing', '- { name: wave, share: 40%, mix: { search: 0 } }', 'traffic.phases.1.mix.search', 12],
    ['a mistyped key', '- { name: wave, shares: 40%, mix: { search: 1 } }', 'unknown key "shares"', 12],
  ])('%s is refused with its place', (_, phase, message, line) => {
    const error = refusal(`${DAY}\n${phase}`);
    expect(error.message).toContain(message);
    expect(error.location).toMatch(new RegExp(`^/s/x\\.yaml:${line}:`));
  });

  it('a single phase is not a change of mix', () => {
    expect(refusal('- { name: day, share: 100%, mix: { browse: 1 } }').message).toContain(
      'expected two phases or more; for one mix use traffic.mix',
    );
  });

  it('recordings have their own mix', () => {
    const error = refusal(`${DAY}\n- { name: wave, share: 40%, mix: { search: 1 } }`, '[{ corpus: shop.ndjson }]');
    expect(error.message).toContain('traffic.sources.0: a recorded source has its own mix');
    expect(error.location).toMatch(/^\/s\/x\.yaml:9:/);
  });
});
