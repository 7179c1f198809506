import { SlopegateError } from '../model/index.js';

/**
 * A list of versions, as a command line has it.
 * @throws SlopegateError USAGE for fewer than two, an empty one, or one that is there twice
 * @example versionsIn('1.0, 1.1,1.2') // ['1.0', '1.1', '1.2']
 */
export function versionsIn(text: string): readonly string[] {
  const versions = text.split(',').map((version) => version.trim());
  const twice = versions.find((version, place) => versions.indexOf(version) < place);
  const hint = 'List them from the oldest to the newest: --versions 1.0,1.1,1.2';
  if (versions.includes('')) throw new SlopegateError('USAGE', `--versions ${text}: a version is empty`, { hint });
  if (twice !== undefined) throw new SlopegateError('USAGE', `--versions ${text}: ${twice} is there twice`, { hint });
  if (versions.length < 2)
    throw new SlopegateError('USAGE', `--versions ${text}: at least two versions are needed`, { hint });
  return versions;
}

/**
 * The versions from the good one to the bad one.
 * @throws SlopegateError USAGE if one of the two is not in the list, or the bad one does not come after the good one
 * @example versionsBetween(['1.0', '1.1', '1.2'], '1.0', '1.1') // ['1.0', '1.1']
 */
export function versionsBetween(versions: readonly string[], good: string, bad: string): readonly string[] {
  const listed = versions.join(',');
  for (const [option, version] of [
    ['--good', good],
    ['--bad', bad],
  ] as const)
    if (!versions.includes(version))
      throw new SlopegateError('USAGE', `${option} ${version} is not in --versions ${listed}`, {
        hint: 'List all releases from the good one to the bad one, with both of them.',
      });
  const [from, to] = [versions.indexOf(good), versions.indexOf(bad)];
  if (from >= to)
    throw new SlopegateError('USAGE', `--bad ${bad} does not come after --good ${good} in --versions ${listed}`, {
      hint: 'List the releases from the good one to the bad one. This may also be from new to old.',
    });
  return versions.slice(from, to + 1);
}
