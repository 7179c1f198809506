import { describe, expect, it } from 'vitest';
import { requestsIn, type Scenario } from '../../src/model/index.js';
import { parseScenario } from '../../src/scenario/index.js';
import { refusalOf } from './parsed.js';

const MIX = 'mix: [{ label: home, request: GET / }]';
const parsed = (more: string, traffic = MIX): Scenario =>
  parseScenario(
    `slopegate: 1
name: tiny
arms:
  baseline: { label: old, compose: a.yml }
  candidate: { label: new, compose: b.yml }
stack: { entry: "waf:8080" }
traffic: { ${traffic} }
${more}
`,
    '/s/x.yaml',
  );
const refused = (more: string, traffic?: string) =>
  refusalOf(() => parsed(more, traffic)).faults?.map(({ kind, message }) => `${kind} ${message.split(':')[0]}`);

describe('the preset instant', () => {
  it('repeats requests, counts the live heap, and confirms by it', () => {
    expect(parsed('experiment: { preset: instant }')).toMatchObject({
      traffic: { repeat: 300 },
      observe: { lens: 'auto' },
      gate: { confirm: 'live-heap' },
    });
    const { traffic, observe, gate } = parsed('experiment: { preset: gate }');
    expect([traffic.repeat, observe?.lens, gate.confirm]).toEqual([undefined, 'off', 'auto']);
  });

  it('leaves what the file states', () => {
    const stated = parsed('experiment: { preset: instant }\ngate: { confirm: auto }', `${MIX}, repeat: 100`);
    expect([stated.traffic.repeat, stated.gate.confirm]).toEqual([100, 'auto']);
  });

  it.each([
    [
      'phases',
      `${MIX}, phases: [{ name: a, share: 50%, mix: { home: 1 } }, { name: b, share: 50%, mix: { home: 2 } }]`,
    ],
    ['schedule', 'schedule: recorded, sources: [{ corpus: c.ndjson, order: recorded }]'],
  ])('cannot be combined with %s', (key, traffic) => {
    expect(refused('experiment: { preset: instant }', traffic)).toEqual([`cannot-repeat traffic.${key}`]);
  });

  it('needs the lens', () => {
    expect(refused('experiment: { preset: instant }\nobserve: { lens: off }')).toEqual(['no-live-heap gate.confirm']);
  });
});

describe('the warm-up of requests that repeat', () => {
  it('must send each of them', () => {
    expect(refused('experiment: { preset: instant, warmup: { seconds: 3s } }')).toEqual([
      'cannot-repeat experiment.warmup',
    ]);
  });

  it('still does so if the rate is lowered later', () => {
    const { warmup } = parsed('experiment: { preset: instant, warmup: { seconds: 6s } }').experiment;
    expect(requestsIn(warmup, 75)).toBe(450);
    expect(requestsIn(warmup, 10)).toBe(300);
  });
});
