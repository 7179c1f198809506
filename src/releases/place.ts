import { maskSecrets, SlopegateError, type ArmSettings, type Scenario } from '../model/index.js';
import type { VersionPlace } from '../results/index.js';

/**
 * Where a scenario states the version: the one variable of `arms.X.environment`, or the one tag of `arms.X.images`, in
 * which its arms differ.
 * @throws SlopegateError USAGE if nothing differs, or more than that one value
 * @example versionPlace(await loadScenario('waf.yaml')) // { kind: 'environment', name: 'VERSION' }
 */
export function versionPlace({ arms: { baseline, candidate }, file }: Scenario): VersionPlace {
  const places = [
    ...placesIn('environment', baseline, candidate),
    ...placesIn('images', baseline, candidate),
    ...otherKeys(baseline, candidate),
  ];
  const [place, ...more] = places;
  const names = places.map(nameOf).join(', ');
  if (place === undefined)
    throw refused(
      'The arms of the scenario do not differ, so it does not say which value is the version.',
      'Give both arms a variable with their versions (arms.X.environment), and use it in the compose file.',
      file,
    );
  if (more.length > 0 || typeof place === 'string')
    throw refused(
      `The arms of the scenario differ in more than one variable or image tag: ${names}.`,
      'Only one value can be replaced by a version. Let the compose file make all others from one variable, for ' +
        'example image: "waf:${VERSION}".',
      file,
    );
  const values = [baseline, candidate].map((arm) => arm[place.kind]?.[place.name] ?? '');
  if (values.some((value) => maskSecrets({ [place.name]: value })[place.name] !== value))
    throw refused(
      `The name of the variable ${place.name} looks like that of a secret. Recordings do not contain its value.`,
      'Give the variable with the version another name, for example VERSION.',
      file,
    );
  return place;
}

/** `environment.VERSION` */
export function nameOf(place: VersionPlace | string): string {
  return typeof place === 'string' ? place : `${place.kind}.${place.name}`;
}

function placesIn(kind: VersionPlace['kind'], one: ArmSettings, other: ArmSettings): readonly VersionPlace[] {
  const names = new Set([...Object.keys(one[kind] ?? {}), ...Object.keys(other[kind] ?? {})]);
  return [...names].filter((name) => one[kind]?.[name] !== other[kind]?.[name]).map((name) => ({ kind, name }));
}

/** Differing keys of the arms that cannot be a version. What people call them does not count. */
function otherKeys(one: ArmSettings, other: ArmSettings): readonly string[] {
  const plain = (arm: ArmSettings): Readonly<Record<string, unknown>> => ({ ...arm });
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const key of ['label', 'environment', 'images']) keys.delete(key);
  return [...keys].filter((key) => JSON.stringify(plain(one)[key]) !== JSON.stringify(plain(other)[key]));
}

const refused = (message: string, hint: string, location: string): SlopegateError =>
  new SlopegateError('USAGE', message, { hint: `${hint} See docs/ladder.md.`, location });
