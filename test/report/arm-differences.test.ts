import { describe, expect, it } from 'vitest';
import { recordedDifferences } from '../../src/arms/index.js';
import type { ArmDifference } from '../../src/model/index.js';
import { REPORTERS, renderTerminal } from '../../src/report/index.js';
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

  it('is one sentence near the versions, in every report for people', () => {
    const sentence = 'What differs: waf image, waf environment PARANOIA and waf command.';
    const result = withDifferences(DIFFERENCES);
    expect(page(result).split('id="verdict"')[0]).toContain(sentence);
    expect(report('markdown', result).split('|')[0]).toContain(sentence);
    expect(renderTerminal(result, { colour: false, width: 200 }).split('service')[0]).toContain(sentence);
    const codes = (JSON.parse(report('json', result)) as Result).manifest.armDifferences?.map(({ kind }) => kind);
    expect(codes).toEqual(['image', 'environment', 'settings']);
  });

  it('is a sentence of a bounded length', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ ...DIFFERENCES[2]!, path: `services.waf.k${index}` }));
    expect(report('markdown', withDifferences(many))).toContain(
      'What differs: waf k0, waf k1, waf k2, waf k3 and 5 more places.',
    );
    expect(report('markdown', withDifferences([]))).toContain(
      'Nothing differs: images, settings and files are the same.',
    );
  });

  it('is said to be nothing if only images differ', () => {
    expect(page(withDifferences(DIFFERENCES.slice(0, 1)))).toContain(
      'Apart from images, the compose files of both sides are the same.',
    );
  });

  it('is not stated for a recording that does not know it', () => {
    expect(page(failing())).not.toMatch(/compose files|What differs|are the same\./);
    expect(report('markdown', failing())).not.toMatch(/What differs|settings and files/);
    expect(renderTerminal(failing(), { colour: false, width: 200 })).not.toMatch(/What differs|settings and files/);
  });

  it('is recorded as text; a long value is cut', () => {
    const [long] = recordedDifferences([{ ...DIFFERENCES[2]!, candidate: 'x'.repeat(1000) }]);
    expect(long).toEqual({ ...DIFFERENCES[2], baseline: '["waf"]', candidate: `${'x'.repeat(300)}…` });
  });
});
