import { describe, expect, it } from 'vitest';
import type { TrafficPhase } from '../../src/model/index.js';
import type { Result } from '../../src/results/index.js';
import { REPORTERS, renderTerminal } from '../../src/report/index.js';
import { tell } from './fixtures.js';

const PHASES: readonly TrafficPhase[] = [
  { name: 'day', share: 0.6, mix: { 'order-valid': 3, 'order-invalid': 1 } },
  { name: 'a-wave-with-a-name-too-long-for-its-place', share: 0.4, mix: { 'order-broken': 1 } },
];

/** A warm-up of 2,250 requests and a window of 9,000; the first pair became a longer one of 27,000. */
function phased(): Result {
  const result = tell({ story: { replicates: 2, rate: 75 } });
  const { manifest } = result;
  const phases = [
    { name: 'day', from: 2250, to: 7650 },
    { name: PHASES[1]!.name, from: 7650, to: 11_250 },
  ];
  return {
    ...result,
    manifest: {
      ...manifest,
      trace: { ...manifest.trace!, phases },
      scenario: { ...manifest.scenario, traffic: { ...manifest.scenario.traffic, phases: PHASES } },
    },
    trials: result.trials.map((trial) =>
      trial.replicate === 1 ? { ...trial, purpose: 'confirmation', planned: 29_250 } : { ...trial, planned: 11_250 },
    ),
    plots: result.plots.map((plot) => (plot.replicate === 1 ? { ...plot, purpose: 'confirmation' } : plot)),
  };
}

const page = (result: Result): string => REPORTERS.get('html')!(result).contents;
/** Where, in the picture of a title, phases begin, and what is written above them. */
function marked(
  contents: string,
  title: string,
): { readonly begins: readonly number[]; readonly names: readonly string[] } {
  const figure = contents.slice(contents.indexOf(`<figcaption>${title}`)).split('</figure>')[0] ?? '';
  const [, to = ''] = /data-to="([\d.]+)"/.exec(figure) ?? [];
  const requests = (across: number): number => ((across - 48) / 340) * Number(to);
  return {
    begins: [...figure.matchAll(/<line class="phase" x1="([\d.]+)"/g)].map(([, x]) => requests(Number(x))),
    names: [...figure.matchAll(/<text class="phase middle"[^>]*>([^<]*)</g)].map(([, name]) => name ?? ''),
  };
}

describe('phases', () => {
  const contents = page(phased());

  it('are marked in the pictures at their start, and named if there is space', () => {
    const { begins, names } = marked(contents, 'Replicate 2');
    expect(begins).toEqual([2250, 7650].map((requests) => expect.closeTo(requests, -2)));
    expect(names).toEqual(['day']);
    expect(contents).toContain('<title>a-wave-with-a-name-too-long-for-its-place</title>');
  });

  it('last longer in the longer pair', () => {
    expect(marked(contents, 'Longer pair 1').begins).toEqual(
      [2250, 18_450].map((requests) => expect.closeTo(requests, -2)),
    );
  });

  it('are listed with their mixes, and named in every short report', () => {
    const table = contents.slice(contents.indexOf('<section id="phases"')).split('</section>')[0] ?? '';
    const cells = [...table.matchAll(/<t[hd](?: [^>]*)?>([^<]*)</g)].map(([, text = '']) => text.replace(/\s/g, ' '));
    expect(cells.slice(5)).toEqual([
      'day',
      '60 %',
      '2,250',
      '5,400',
      'order-valid 75 %, order-invalid 25 %',
      PHASES[1]!.name,
      '40 %',
      '7,650',
      '3,600',
      'order-broken 100 %',
    ]);
    const told = 'The window had these phases, the same for both versions: day 5,400 requests,';
    expect(renderTerminal(phased(), { colour: false, width: 200 })).toContain(told);
    expect(REPORTERS.get('markdown')!(phased()).contents).toContain(told);
  });

  it('are not mentioned if there were none', () => {
    expect(/class="phase|id="phases"|phase begins/.exec(page(tell({})))).toBeNull();
  });
});
