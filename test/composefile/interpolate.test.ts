import { describe, expect, it } from 'vitest';
import { interpolate } from '../../src/composefile/interpolate.js';

describe('variables in compose files', () => {
  const values: Readonly<Record<string, string>> = { A: 'a', EMPTY: '' };
  it.each([
    ['$A', 'a'],
    ['${A}', 'a'],
    ['x${A}y$A.', 'xaya.'],
    ['$$A', '$A'],
    ['${NONE:-d}', 'd'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${NONE-d}', 'd'],
    ['${A:+yes}', 'yes'],
    ['${NONE:+yes}', ''],
    ['${EMPTY+yes}', 'yes'],
    ['${NONE:-${A}b}', 'ab'],
    ['${NONE}', ''],
    ['a $ b', 'a $ b'],
    ['${broken', '${broken'],
  ])('%s is %s', (text, filled) => {
    expect(interpolate(text, (name) => values[name]).text).toBe(filled);
  });

  it('names the variables that must have a value, and those that are used', () => {
    expect(interpolate('${B:?why} ${A} ${EMPTY:?} ${EMPTY?} ${C:-${D}}', (name) => values[name])).toMatchObject({
      missing: ['B', 'EMPTY'],
      used: ['B', 'A', 'EMPTY', 'EMPTY', 'C', 'D'],
    });
  });
});
