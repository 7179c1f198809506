import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as source from '../../src/index.js';

const built = existsSync(new URL('../../dist/index.js', import.meta.url));

// "npm run build" comes first in "npm run check"; in a fresh clone there is nothing to resolve yet.
test.skipIf(!built)('the package resolves by its own name', async () => {
  const name = 'slopegate';
  const library = (await import(/* @vite-ignore */ name)) as Record<string, unknown>;
  expect(Object.keys(library)).toEqual(expect.arrayContaining(Object.keys(source)));
});
