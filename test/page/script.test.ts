import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCRIPT } from '../../src/page/script/index.js';
import { STYLE } from '../../src/page/style.js';

/** The page's script is a string to the compiler: here it is a file, held to the same rules as the rest. */
describe('the page’s script', () => {
  let folder = '';
  let file = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'slopegate-script-'));
    file = join(folder, 'script.js');
    writeFileSync(file, SCRIPT);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has correct types for the DOM', { timeout: 60_000 }, () => {
    const program = ts.createProgram([file], {
      allowJs: true,
      checkJs: true,
      strict: true,
      noUncheckedIndexedAccess: true,
      noImplicitReturns: false,
      noEmit: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    });
    expect(
      ts.getPreEmitDiagnostics(program).map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n')),
    ).toEqual([]);
  });

  it('has no lint errors', { timeout: 60_000 }, () => {
    const root = join(import.meta.dirname, '../..');
    const lint = spawnSync(
      join(root, 'node_modules/.bin/oxlint'),
      ['--deny-warnings', '--config', join(root, '.oxlintrc.json'), file],
      { encoding: 'utf8' },
    );
    expect([lint.status, lint.stdout]).toEqual([0, expect.stringContaining('0 errors')]);
  });

  it('never turns text into markup, and cannot end its own element', () => {
    expect(SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(|fetch|XMLHttpRequest|<\/script/i,
    );
    expect(STYLE).not.toMatch(/url\(|@import|<\/style/i);
  });
});
