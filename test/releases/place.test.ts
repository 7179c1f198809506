import { describe, expect, test } from 'vitest';
import type { ArmSettings, Scenario } from '../../src/model/index.js';
import { versionPlace, versionsBetween, versionsIn, withVersions } from '../../src/releases/index.js';

const ARM: ArmSettings = { label: 'old', compose: ['compose.yml'], environment: { VERSION: '1.0', REGION: 'eu' } };

function scenario(baseline: Partial<ArmSettings>, candidate: Partial<ArmSettings>): Scenario {
  const arms = { baseline: { ...ARM, ...baseline }, candidate: { ...ARM, label: 'new', ...candidate } };
  return { name: 'waf', file: 'waf.yaml', expect: 'fail', arms } as unknown as Scenario;
}

const at = (version: string): Partial<ArmSettings> => ({ environment: { ...ARM.environment, VERSION: version } });

describe('the value that is the version', () => {
  test('the variable in which the arms differ', () => {
    expect(versionPlace(scenario({}, at('1.1')))).toEqual({ kind: 'environment', name: 'VERSION' });
  });

  test('a variable that only one arm has', () => {
    const candidate = { environment: { ...ARM.environment, PATCH: '1' } };
    expect(versionPlace(scenario({}, candidate))).toEqual({ kind: 'environment', name: 'PATCH' });
  });

  test('the tag of an image', () => {
    const place = versionPlace(scenario({ images: { waf: '1.0' } }, { images: { waf: '1.1' } }));
    expect(place).toEqual({ kind: 'images', name: 'waf' });
  });

  test.each<[string, Scenario, RegExp]>([
    ['nothing differs', scenario({}, {}), /do not differ/],
    ['two variables', scenario({}, { environment: { VERSION: '1.1', REGION: 'us' } }), /environment\.REGION/],
    ['a variable and the compose files', scenario({}, { ...at('1.1'), compose: ['new.yml'] }), /compose/],
    ['only the compose files', scenario({}, { compose: ['new.yml'] }), /compose/],
    [
      'a variable whose value a recording does not have',
      scenario({ environment: { API_TOKEN: 'abcdefgh1' } }, { environment: { API_TOKEN: 'abcdefgh2' } }),
      /looks like that of a secret/,
    ],
  ])('%s: refused, with the place and a hint', (_, given, message) => {
    expect(() => versionPlace(given)).toThrow(message);
    expect(() => versionPlace(given)).toThrow(
      expect.objectContaining({ code: 'USAGE', location: 'waf.yaml', hint: expect.stringContaining('docs/ladder.md') }),
    );
  });
});

describe('the scenario of one version', () => {
  const given = scenario({}, at('1.1'));
  const place = versionPlace(given);

  test('both arms are the baseline arm with their versions; versions of the file keep their labels', () => {
    const { arms, expect: expected } = withVersions(given, place, '1.0', '1.2');
    expect(arms.baseline).toEqual(ARM);
    expect(arms.candidate).toEqual({ ...ARM, label: '1.2', environment: { VERSION: '1.2', REGION: 'eu' } });
    expect(expected).toBeNull();
    expect(withVersions(given, place, '1.1', '1.0').arms).toMatchObject({
      baseline: { label: 'new', environment: { VERSION: '1.1' } },
      candidate: { label: 'old', environment: { VERSION: '1.0' } },
    });
  });

  test('a version against itself is the same on purpose', () => {
    const same = withVersions(given, place, '1.0', '1.0');
    expect(same.expect).toBe('same');
    expect(same.arms.candidate.label).toBe('old, again');
  });
});

describe('lists of versions', () => {
  test('are read from the command line', () => {
    expect(versionsIn('1.0, 1.1,1.2')).toEqual(['1.0', '1.1', '1.2']);
  });

  test.each([
    ['1.0', /at least two/],
    ['1.0,,1.1', /a version is empty/],
    ['1.0,1.1,1.0', /1\.0 is there twice/],
  ])('%s: refused', (text, message) => {
    expect(() => versionsIn(text)).toThrow(message);
  });

  test('a search goes from the good one to the bad one', () => {
    expect(versionsBetween(['1', '2', '3', '4', '5'], '2', '4')).toEqual(['2', '3', '4']);
    expect(() => versionsBetween(['1', '2'], '1', '3')).toThrow('--bad 3 is not in --versions 1,2');
    expect(() => versionsBetween(['1', '2'], '2', '1')).toThrow('--bad 1 does not come after --good 2');
    expect(() => versionsBetween(['1', '2'], '2', '2')).toThrow('does not come after');
  });
});
