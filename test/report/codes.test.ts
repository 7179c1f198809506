import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const GOLDENS = ['failing', 'undecided'].map((name) => join('test/report/golden', name, 'result.json'));

/** Texts that others wrote: the scenario's author, the host, the servers under test; and what a statement quotes. */
const OF_OTHERS = /^manifest\.(scenario|host|candidateHost)\.|\.(detail|log)$|\.facts\./;
/** A text of slopegate whose statements, each with its code and numbers, stand beside it. */
const BESIDE: Readonly<Record<string, string>> = { sentence: 'said', advice: 'advised', sentences: 'said' };

interface Found {
  readonly path: string;
  readonly text: string;
}

/** Sentences (texts of four words and more) that no machine can read without parsing them. */
function withoutCode(value: unknown, path = '', owner: Record<string, unknown> = {}, key = ''): Found[] {
  if (typeof value === 'string') {
    const isSentence = /\w+ \w+ \w+ \w+/.test(value) && !OF_OTHERS.test(path);
    const hasNumbers = 'facts' in owner || Object.values(owner).some((one) => typeof one === 'number');
    const isCoded = ('code' in owner && hasNumbers) || (BESIDE[key] ?? '') in owner;
    return isSentence && !isCoded ? [{ path, text: value }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((one) => withoutCode(one, `${path}[]`, owner, key));
  if (typeof value !== 'object' || value === null) return [];
  const own = value as Record<string, unknown>;
  return Object.entries(own).flatMap(([name, one]) =>
    withoutCode(one, path === '' ? name : `${path}.${name}`, own, name),
  );
}

test.each([...GOLDENS, 'test/fixtures/run/golden/result.json', 'reports/example/result.json'])(
  'every sentence of %s has its code and its numbers beside it',
  (file) => {
    expect(withoutCode(JSON.parse(readFileSync(file, 'utf8')))).toEqual([]);
  },
);

test('a sentence alone is found', () => {
  const alone = 'waf grows by 3 KB per request';
  const told = { code: 'growth-fails', facts: {}, sentence: alone };
  expect(withoutCode({ notes: [alone], said: [told] })).toEqual([{ path: 'notes[]', text: alone }]);
});
