import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorDocument, SlopegateError } from '../../src/model/index.js';
import { REPORTERS } from '../../src/report/index.js';
import * as fixtures from './fixtures.js';
import { faultsOf, published } from './schema-faults.js';

test('the published schemas are those of the types; to write them again: node scripts/write-schemas.mjs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slopegate-schemas-'));
  try {
    execFileSync(process.execPath, ['scripts/write-schemas.mjs', folder]);
    const stale = ['result-4', 'narrow-1', 'remedy-1', 'explain-1', 'error-1'].filter(
      (name) => readFileSync(join(folder, `${name}.schema.json`), 'utf8') !== published(name),
    );
    expect(stale).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 300_000);

describe('result.json is valid by its schema, and has nothing beyond it', () => {
  const stories = { ...fixtures } as unknown as Record<
    string,
    () => Parameters<NonNullable<ReturnType<typeof REPORTERS.get>>>[0]
  >;
  test.each(['failing', 'passing', 'improving', 'undecided', 'unfair'])('%s', (name) => {
    expect(faultsOf('result-4', REPORTERS.get('json')!(stories[name]!()).contents)).toEqual([]);
  });

  test.each(['test/fixtures/run/golden/result.json', 'reports/example/result.json'])('%s', (file) => {
    expect(faultsOf('result-4', readFileSync(file, 'utf8'))).toEqual([]);
  });

  test('a verdict that is not known, and a missing key, are refused', () => {
    const text = readFileSync('test/fixtures/run/golden/result.json', 'utf8');
    expect(faultsOf('result-4', text.replace('"outcome": "fail"', '"outcome": "failed"'))).not.toEqual([]);
    expect(faultsOf('result-4', text.replace('"slopegate": ', '"version": '))).not.toEqual([]);
  });
});

describe('an error is valid by its schema', () => {
  test.each<[string, unknown]>([
    ['of ours', new SlopegateError('USAGE', 'no command given', { hint: 'see "slopegate --help"' })],
    ['with a place', new SlopegateError('SCENARIO_SYNTAX', 'not YAML', { location: 'a.yaml:3:5', reason: 'a tab' })],
    ['that nobody expected', new TypeError('x is undefined')],
  ])('%s', (_, error) => {
    const document = errorDocument(error, '0.1.0');
    expect(document.faults.length).toBeGreaterThan(0);
    expect(faultsOf('error-1', JSON.stringify(document))).toEqual([]);
  });

  test('a code that is not known is refused', () => {
    const document = { ...errorDocument(new Error('x'), '0.1.0'), code: 'OOPS' };
    expect(faultsOf('error-1', JSON.stringify(document))).not.toEqual([]);
  });
});
