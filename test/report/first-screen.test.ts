import { describe, expect, it } from 'vitest';
import { sureness } from '../../src/facts/index.js';
import type { Result } from '../../src/results/index.js';
import { REPORTERS } from '../../src/report/index.js';
import { failing, passing, tell, undecided, unfair } from './fixtures.js';

/** The page without its style, script and document. */
const shown = (result: Result): string =>
  REPORTERS.get('html')!(result).contents.replace(/<(script|style).*?<\/\1>/gs, '');
const outlook = (page: string): string => /<figure class="outlook">.*?<\/figure>/s.exec(page)?.[0] ?? '';

describe('the picture at the top', () => {
  it('shows both versions, the memory that there is, and when a failing candidate has used it', () => {
    const picture = outlook(shown(failing()));
    expect(picture).toContain('headroom in production used up, 2.04 GiB');
    expect(picture).toMatch(/data-line="baseline".*data-line="candidate"/s);
    // 2 GiB / 5,220 B is 411,000 requests after the 2,250 of the warm-up: 34 minutes at 200 requests/s.
    expect(picture).toMatch(/is full after 413,000 requests \(34 minutes at 200 requests\/s\)\./);
    expect(picture).toContain('full after 34 minutes</text>');
  });

  it('does not say how the memory of a passing candidate goes on', () => {
    const picture = outlook(shown(passing()));
    expect(picture).toContain('headroom in production used up');
    expect(picture).not.toContain('full after');
    expect(picture).not.toContain('continued');
  });

  it('is not drawn for a comparison that is not valid', () => {
    expect(outlook(shown(unfair()))).toBe('');
  });
});

describe('the sign-off on paper', () => {
  it('comes right after the verdict, with the verdict and the name of the run', () => {
    const page = shown(failing());
    expect(page).toContain('Sign-off of run 20250304-050607-xml-rollback, verdict FAIL');
    expect(page.indexOf('class="signature"')).toBeGreaterThan(page.indexOf('class="verdict'));
    expect(page.indexOf('class="signature"')).toBeLessThan(page.indexOf('id="numbers"'));
  });
});

describe('how sure the verdict is', () => {
  it('is stated with the replicates that agree and the accepted chance of an error', () => {
    expect(sureness(failing())).toBe(
      'The difference is above the margin in all 3 replicates. ' +
        'By design, a candidate within the margin gets a FAIL in at most 1 % of runs.',
    );
    expect(sureness(passing())).toBe(
      'The difference is within the margin in all 5 replicates. ' +
        'By design, a candidate beyond the margin gets a PASS in at most 5 % of runs.',
    );
  });

  it('says of growth that has stopped what is within the margin', () => {
    const result = passing();
    const { assessment } = result.verdict;
    const services = assessment.services.map((service) => ({ ...service, shape: 'settled' as const }));
    const settled = { ...result, verdict: { ...result.verdict, assessment: { ...assessment, services } } };
    expect(sureness(settled)).toMatch(
      /^Growth slowed down, and the difference is within the margin in the second half/,
    );
  });

  it('says that INCONCLUSIVE is not sure', () => {
    expect(sureness(undecided())).toMatch(/^Not sure enough/);
  });

  it('is not stated if the comparison is not valid', () => {
    expect(sureness(unfair())).toBeNull();
  });
});

describe('a comparison that is not valid', () => {
  it('states no growth, no difference and no fitted line', () => {
    const page = shown(unfair());
    expect(page).not.toMatch(/Baseline grows|Candidate grows|class="fit|Growth difference against the margin/);
    expect(page).toContain('<svg class="plot"');
  });
});

describe('a page with forty services', () => {
  const growth = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`svc ${index + 1}`, { baseline: 1, candidate: index === 7 ? 900 : 2 }]),
  );
  const page = shown(tell({ story: { growth } }));

  it('opens the service that fails and five more, and folds the others', () => {
    expect(page).toMatch(/<article id="service-svc-8" class="service"><h3>svc 8/);
    expect([...page.matchAll(/<article id="service-svc-\d+" class="service folded"><details><summary>/g)]).toHaveLength(
      34,
    );
  });

  it('has a table of contents that names every part', () => {
    const [, list = ''] = /<nav class="contents".*?>(.*?)<\/nav>/s.exec(page) ?? [];
    const linked = [...list.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    const parts = [...page.matchAll(/<section id="([\w-]+)" aria-labelledby/g)].map(([, id]) => id);
    expect(linked).toEqual(parts);
    expect(parts.length).toBeGreaterThan(6);
  });
});

describe('the link to a service', () => {
  const idsOf = (names: readonly string[]): string[] => {
    const growth = Object.fromEntries(names.map((name) => [name, { baseline: 0, candidate: 0 }]));
    return [...shown(tell({ story: { growth } })).matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id ?? '').sort();
  };

  it('does not depend on the other services', () => {
    expect(idsOf(['waf', 'db'])).toEqual(['service-db', 'service-waf']);
    expect(idsOf(['waf'])).toEqual(['service-waf']);
  });

  it('is different for names that have the same letters', () => {
    expect(idsOf(['a.b', 'a b', '!'])).toEqual(['service-a-b', 'service-a-b-2', 'service-unnamed']);
  });
});
