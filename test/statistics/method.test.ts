import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as method from '../../src/statistics/method.js';

const page = readFileSync('docs/method.md', 'utf8');
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: join('src', file), text: readFileSync(join('src', file), 'utf8') }));

/** The anchors that a renderer of Markdown gives to the headings of a page. */
function anchorsOf(markdown: string): Set<string> {
  const headings = markdown.match(/^#+ .*$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Rows of the table of constants: name, value as it is printed, anchor. */
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \| [^|]+ \| \[\d+\]\(#([\w-]+)\) \|$/gm)].map(
  ([, name = '', value = '', anchor = '']) => ({ name, value: value.trim(), anchor }),
);

/** A constant as the page prints it: lists of numbers by commas, several lists by semicolons. */
function printed(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 10 });
  if (Array.isArray(value)) return value.join(', ');
  return Object.values(value as Record<string, readonly number[]>)
    .map((list) => list.join(', '))
    .join('; ');
}

describe('the method in one file', () => {
  it('the page has a row for each constant, with its value', () => {
    expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toEqual(
      Object.fromEntries(Object.entries(method).map(([name, value]) => [name, printed(value)])),
    );
  });

  it('each constant cites the step in which the page lists it', () => {
    const text = readFileSync('src/statistics/method.ts', 'utf8');
    for (const { name, anchor } of rows) {
      const before = text.slice(0, text.indexOf(`export const ${name}`));
      expect([
        name,
        /docs\/method\.md#([\w-]+)/.exec(before.slice(before.lastIndexOf('docs/method.md#')))?.[1],
      ]).toEqual([name, anchor]);
    }
  });

  it('each citation of the page in the code is an anchor of the page', () => {
    const anchors = anchorsOf(page);
    const cited = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/docs\/method\.md(#[\w-]+)?/g)].map(([, anchor]) => ({ file, anchor: anchor?.slice(1) })),
    );
    expect(cited.length).toBeGreaterThan(30);
    expect(cited.filter(({ anchor }) => anchor !== undefined && !anchors.has(anchor))).toEqual([]);
    expect(rows.filter(({ anchor }) => !anchors.has(anchor))).toEqual([]);
  });

  it('links inside the page, and from other pages to it, lead to anchors of the page', () => {
    const anchors = anchorsOf(page);
    const inside = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor ?? '');
    const outside = readdirSync('docs')
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) => [...readFileSync(join('docs', file), 'utf8').matchAll(/\(method\.md#([\w-]+)\)/g)])
      .map(([, anchor]) => anchor ?? '');
    expect([...inside, ...outside].filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });

  it('no step of the method is cited by a number of a page that is not in the repository', () => {
    const stale = sources.filter(
      ({ file, text }) => !file.startsWith('src/verdict') && /(?<!docs\/)method\.md/.test(text),
    );
    expect(stale.map(({ file }) => file)).toEqual([]);
  });
});
