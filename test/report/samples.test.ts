import { describe, expect, it } from 'vitest';
import { requestSamples } from '../../src/facts/index.js';
import type { BodyTemplate, RequestTemplate } from '../../src/model/index.js';
import type { Result } from '../../src/results/index.js';
import { REPORTERS } from '../../src/report/index.js';
import { failing } from './fixtures.js';

const template = (label: string, body: BodyTemplate | null): RequestTemplate => ({
  label,
  weight: 1,
  expect: 'passed',
  method: body === null ? 'GET' : 'POST',
  path: `/${label}/{number}`,
  headers: { Accept: 'text/xml' },
  body,
});

/** The failing run, with these templates. */
function withMix(mix: readonly RequestTemplate[]): Result {
  const { manifest, ...rest } = failing();
  const { scenario } = manifest;
  return { ...rest, manifest: { ...manifest, scenario: { ...scenario, traffic: { ...scenario.traffic, mix } } } };
}

describe('a sample of the request of a label', () => {
  it.each<[BodyTemplate | null, string]>([
    [null, 'GET /a/{number}\nHost: shop.example\nAccept: text/xml'],
    [{ kind: 'raw', contentType: 'text/xml', text: '<o/>' }, 'Content-Type: text/xml\n\n<o/>'],
    [{ kind: 'form', fields: { a: '1', b: '2' } }, 'Content-Type: application/x-www-form-urlencoded\n\na=1&b=2'],
    [{ kind: 'json', value: { a: 1 } }, 'Content-Type: application/json\n\n{"a":1}'],
    [{ kind: 'file', contentType: 'image/png', file: 'x.png' }, 'Content-Type: image/png\n\n(content of x.png)'],
    [
      { kind: 'multipart', parts: [{ name: 'f', filename: 'a.txt', contentType: null, text: 'hi' }] },
      'Content-Type: multipart/form-data\n\n(part "f", file name "a.txt")\nhi',
    ],
  ])('is its first line, its headers and its body', (body, end) => {
    const [sample] = requestSamples(withMix([template('a', body)]));
    expect(sample?.text.endsWith(end)).toBe(true);
    expect(sample?.line).toBe(`${body === null ? 'GET' : 'POST'} /a/{number}`);
  });

  it('is taken once for each label, and cut if it is long', () => {
    const long: BodyTemplate = { kind: 'raw', contentType: 'text/plain', text: 'x'.repeat(9_000) };
    const samples = requestSamples(withMix([template('a', long), template('a', null), template('b', null)]));
    expect(samples.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(samples[0]?.text).toHaveLength(2_001);
  });

  it('is on the page as text, beside its label', () => {
    const page = REPORTERS.get('html')!(
      withMix([template('order-valid', { kind: 'raw', contentType: 'text/xml', text: '<script>1</script>' })]),
    ).contents;
    expect(page).toContain('order-valid<span class="below">POST /order-valid/{number}</span>');
    expect(page).toContain('&lt;script&gt;1&lt;/script&gt;</pre>');
  });
});
