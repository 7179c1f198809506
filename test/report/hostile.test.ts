import { describe, expect, it } from 'vitest';
import { REPORTERS, renderTerminal } from '../../src/report/index.js';
import { hostile } from './hostile.js';
import { parseXml } from './xml.js';

const result = hostile();
const contents = (format: string): string => REPORTERS.get(format)!(result).contents;
/** Tags the page's own code can make; any other would be somebody else's. */
const OWN_TAGS = new Set(
  (
    'a article body caption circle code dd details div dl doctype dt figcaption figure h1 h2 h3 h4 head ' +
    ('header html li line main meta nav p path polygon rect script section span strong style summary svg table ' +
      'tbody td text th thead title tr ul')
  ).split(' '),
);

describe('text from outside', () => {
  it('does not create an element in the page', () => {
    const page = contents('html')
      .replace(/<style>.*?<\/style>/s, '')
      .replace(/<script>.*?<\/script>/s, '')
      .replace(/<script type="application\/json" id="result">.*?<\/script>/s, '');
    const tags = new Set([...page.matchAll(/<[/!]?([^\s>/]*)/g)].map(([, tag]) => tag));
    expect([...tags].filter((tag) => !OWN_TAGS.has(tag ?? ''))).toEqual([]);
    expect(contents('html').match(/<\/?script/g)).toHaveLength(4);
    const attributes =
      page
        .replace(/="[^"]*"/g, '=')
        .match(/<[^>]*>/g)
        ?.join('') ?? '';
    expect(attributes).toContain(' class=');
    expect(attributes).not.toMatch(/\s(on\w+|style)=/);
  });

  it('is unchanged in the inlined document', () => {
    const [, json = ''] = /<script type="application\/json" id="result">(.*?)<\/script>/s.exec(contents('html')) ?? [];
    expect(json).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it('leaves junit.xml well-formed', () => {
    expect(() => parseXml(contents('junit'))).not.toThrow();
  });

  it('is plain text in a comment: no tags, no mention, no link, no table cell', () => {
    const text = contents('markdown');
    expect(
      [...text.matchAll(/<\/?([a-z!]+)/g)]
        .map(([, tag]) => tag)
        .filter((tag) => tag !== 'details' && tag !== 'summary'),
    ).toEqual([]);
    expect(text).not.toMatch(/@everyone/);
    expect(text).not.toMatch(/(?<!\\)\[link/);
    const [header = '', , ...rows] = text.split('\n').filter((line) => line.startsWith('|'));
    const cells = (line: string): number => line.split(/(?<!\\)\|/).length;
    expect(cells(rows[0] ?? '')).toBe(cells(header));
  });

  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;
  it.each(['html', 'junit', 'markdown'])('leaves no control character and no bidi override in %s', (format) => {
    expect(contents(format).replace(/<script type="application\/json".*?<\/script>/s, '')).not.toMatch(CONTROL);
  });

  it('cannot colour or control the terminal', () => {
    expect(renderTerminal(result, { colour: false, width: 80 })).not.toMatch(CONTROL);
    const escapes = renderTerminal(result, { colour: true, width: 80 })
      .split('\u001B')
      .slice(1)
      .map((part) => part.slice(0, part.indexOf('m') + 1));
    expect(new Set(escapes)).toEqual(new Set(['[1;31m', '[0m']));
  });
});
