import { expect, it } from 'vitest';
import { isNewMusl } from '../../src/lens/preload-of.js';

it.each([
  ['1.1.24', false],
  ['1.2.1', false],
  ['1.2.2', true],
  ['1.2.5', true],
  ['1.3.0', true],
])('musl %s can have a preloaded malloc: %s', (version, expected) => {
  expect(isNewMusl(Buffer.from(`\0musl libc\0${version}\0%s\0`))).toBe(expected);
});

it('an unknown version cannot', () => {
  expect(isNewMusl(Buffer.from('something else'))).toBe(false);
});
