import { describe, expect, it } from 'vitest';
import { recordedDifferences } from '../../src/arms/index.js';
import type { ArmDifference } from '../../src/model/index.js';
import { REPORTERS } from '../../src/report/index.js';
import type { Result } from '../../src/results/index.js';
import { failing } from './fixtures.js';

const DIFFERENCES: readonly ArmDifference[] = [
  { kind: 'image', service: 'waf', path: 'services.waf.image', baseline: 'waf:1', candidate: 'waf:2' },
  {
    kind: 'environment',
    service: 'waf',
    path: 'services.waf.environment.PARANOIA',
    baseline: null,
    candidate: '<b>4</b>',
  },
  { kind: 'settings', service: 'waf', path: 'services.waf.command', baseline: ['waf'], candidate: ['waf', '-v'] },
];

function withDifferences(differences: readonly ArmDifference[]): Result {
  const result = failing();
  return { ...result, manifest: { ...result.manifest, armDifferences: recordedDifferences(differences) } };
}
const report = (format: string, result: Result): string => REPORTERS.get(format)!(result).contents;
const page = (result: Result): string => report('html', result).replace(/<script.*?<\/script>/gs, '');

describe('what differs between the compose files', () => {
  it('is a table on the page and in Markdown; images are told as they ran', () => {
    const result = withDifferences(DIFFERENCES);
    expect(page(result)).toContain('What differs between the compose files');
    expect(page(result)).toContain('services.waf.environment.PARANOIA');
    expect(page(result)).toContain('&lt;b&gt;4&lt;/b&gt;');
    expect(page(result)).not.toContain('services.waf.image');
    expect(report('markdown', result)).toMatch(/services\.waf\.command \| settings \| .*waf.* \| .*-v/);
  });

  it('is said to be nothing if only images differ', () => {
    expect(page(withDifferences(DIFFERENCES.slice(0, 1)))).toContain(
      'Apart from images, the compose files of both sides are the same.',
    );
  });

  it('is not stated for a recording that does not know it', () => {
    expect(page(failing())).not.toMatch(/compose files/);
  });

  it('is recorded as text; a long value is cut', () => {
    const [long] = recordedDifferences([{ ...DIFFERENCES[2]!, candidate: 'x'.repeat(1000) }]);
    expect(long).toEqual({ ...DIFFERENCES[2], baseline: '["waf"]', candidate: `${'x'.repeat(300)}…` });
  });
});
