import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Inside the project, so that vitest compiles what is written there. */
const FOLDER = join(ROOT, 'test', '.examples');

interface Example {
  readonly name: string;
  readonly code: string;
}

/** The fenced code of each `@example` in a source file. */
function examplesIn(text: string, file: string): Example[] {
  return [...text.matchAll(/@example\s+(?:\*\s*)?```ts\n(.*?)```/gs)].map(([, body = ''], i) => ({
    name: `${file}, example ${i + 1}`,
    code: body.replace(/^\s*\* ?/gm, ''),
  }));
}

/** `value; // => 3` becomes an assertion; the package's own name becomes the source. */
function asTest(code: string): string {
  const body = code
    .replace(/^(.+?);? \/\/ => (.+)$/gm, 'assert.deepEqual(await ($1), $2);')
    .replace(/from 'slopegate'/g, "from '../../src/index.js'")
    .replace(/from '\.\/([^']+)'/g, (_, path: string) => `from '../../src/${path}'`);
  return `import assert from 'node:assert/strict';\n${body}`;
}

const files = (await readdir(join(ROOT, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts'));
const examples = (
  await Promise.all(files.map(async (name) => examplesIn(await readFile(join(ROOT, 'src', name), 'utf8'), name)))
).flat();

beforeAll(() => mkdir(FOLDER, { recursive: true }));
afterAll(() => rm(FOLDER, { recursive: true, force: true }));

describe('the examples in the doc comments', () => {
  test('exist for the functions of the library', async () => {
    const library = await import('../src/index.js');
    const functions = Object.entries(library).filter(([, value]) => typeof value === 'function' && !isClass(value));
    const missing = functions.map(([name]) => name).filter((name) => !examples.some(({ code }) => code.includes(name)));
    expect(missing).toEqual([]);
  });

  test.each(examples)('$name runs, and gives what it says', async ({ name, code }) => {
    const file = join(FOLDER, `${name.replace(/[^a-z0-9]+/gi, '-')}.ts`);
    await writeFile(file, asTest(code));
    await expect(import(/* @vite-ignore */ file)).resolves.toBeDefined();
  });
});

const isClass = (value: unknown): boolean => /^class\b/.test(String(value));
