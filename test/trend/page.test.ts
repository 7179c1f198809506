import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { qualify, type HistoryEntry } from '../../src/history/index.js';
import { renderTrend } from '../../src/trend/index.js';
import { TREND_STYLE_HASH } from '../../src/trend/policy.js';
import { TREND_STYLE } from '../../src/trend/style.js';
import { entry, service, story } from './entries.js';

const linkOf = ({ directory }: { readonly directory: string }): string | null =>
  directory.includes('1.2-1.4') ? null : `..${directory}/report.html`;
const page = (entries: readonly HistoryEntry[], candidate: string | null = null): string =>
  renderTrend({
    slopegate: '0.1.0',
    entries,
    qualification: candidate === null ? null : qualify(entries, candidate, ['crs', 'xml <b>'], 0),
    linkOf,
  });
/** The page without its style. */
const shown = (html: string): string => html.replace(/<style>.*<\/style>/s, '');
const count = (text: string, part: string): number => text.split(part).length - 1;

// The digest to paste into src/trend/policy.ts after a change of the style is in the failure's message.
it('the policy lets this style be used and nothing else', () => {
  expect(TREND_STYLE_HASH).toBe(`sha256-${createHash('sha256').update(TREND_STYLE).digest('base64')}`);
  expect(page([])).not.toMatch(/<script|script-src/);
});

// After a wanted change: `npx vitest run --project unit test/trend/page.test.ts -u`, then read the diff.
it('the page is what it was', async () => {
  await expect(shown(page(story(), '1.3'))).toMatchFileSnapshot('golden/trend.html');
  expect(page(story(), '1.3')).toBe(page(story(), '1.3'));
});

describe('the table of versions and scenarios', () => {
  it('has the version in question first, then the others, the latest first', () => {
    const head = /Verdicts by version and scenario<\/caption><thead>(.*?)<\/thead>/.exec(page(story(), '1.2'))?.[1];
    expect([...(head ?? '').matchAll(/>([\d.]+)</g)].map(([, version]) => version)).toEqual([
      '1.2',
      '1.4',
      '1.3',
      '1.1',
    ]);
  });

  it('says how many versions it leaves out', () => {
    const many = Array.from({ length: 9 }, (_, index) => entry([`${index}`, `${index + 1}`], index + 1, 'pass'));
    expect(page(many)).toContain('3 older versions are not shown.');
  });

  it('links to the page of each run whose folder is there', () => {
    const html = page(story());
    expect(html).toContain('<a href="../reports/1.1-1.2-3/report.html">from 1.1, 2026-11-03</a>');
    expect(html).toContain('<span class="runs">from 1.2, 2026-11-08</span>');
  });
});

describe('a scenario', () => {
  it('has two pictures for each service, a mark for each run, and the margin', () => {
    const html = shown(page(story()));
    // waf in both scenarios, and lua.
    expect(count(html, '<svg class="plot"')).toBe(6);
    for (const [outcome, marks] of [
      ['pass', 4],
      ['fail', 1],
      ['inconclusive', 1],
      ['invalid', 1],
    ] as const)
      expect(count(html, `class="mark ${outcome}"`)).toBe(marks);
    expect(count(html, 'class="margin"')).toBe(3);
    expect(html).toContain(
      '<title>1.1 → 1.2, 2026-11-03 12:00 UTC: FAIL, difference 210 B (202 to 218), margin 32 B per request</title>',
    );
    expect(html).toContain('They ran on different hosts');
  });

  it('states no growth of a comparison that was not fair', () => {
    const html = shown(page(story()));
    expect(html).toContain('<title>1.2 → 1.4, 2026-11-08 12:00 UTC: INVALID</title>');
    expect(html).not.toMatch(/999|1,003|1\.00/);
  });

  it('shows entries without intervals of the means', () => {
    const { intervals: _, ...older } = service('waf', 2, 'pass');
    expect(count(page([entry(['1', '2'], 1, 'pass', { services: [older] })]), 'class="whisker baseline"')).toBe(0);
    expect(count(page([entry(['1', '2'], 1, 'pass')]), 'class="whisker baseline"')).toBe(3);
  });

  it('has those services folded that passed, if there are many', () => {
    const services = Array.from({ length: 8 }, (_, index) => service(`svc-${index}`, 1, index === 3 ? 'fail' : 'pass'));
    const html = page([entry(['1', '2'], 1, 'fail', { services })]);
    expect(count(html, '<article class="service folded">')).toBe(7);
    expect(html).toContain('<article class="service"><h3>svc-3 ');
  });

  it('shows the last 60 of many runs', () => {
    const many = Array.from({ length: 70 }, (_, index) => entry(['1', '2'], (index % 28) + 1, 'pass'));
    const html = page(many);
    expect(html).toContain('The pictures have the last 60 of 70 runs.');
    expect(count(html, 'class="mark pass"')).toBe(60);
  });

  it('has an id of its own, also if another one has the same letters', () => {
    const html = page([
      entry(['1', '2'], 1, 'pass', { scenario: 'a b' }),
      entry(['1', '2'], 2, 'pass', { scenario: 'a-b' }),
    ]);
    expect(html).toContain('id="scenario-a-b"');
    expect(html).toContain('id="scenario-a-b-2"');
  });
});

it('an empty history has a page that says so', () => {
  expect(page([])).toContain('No verdict yet.');
});
