import { SlopegateError } from '../model/index.js';

/** How the two arms get their versions. */
export interface VersionedArms {
  /** Lines of YAML for an arm of this version, in addition to its compose files. */
  readonly arm: (version: string) => string;
  /** The name of a version for people. */
  readonly label: (version: string) => string;
  /** The version that the compose file names today; null if it names none. */
  readonly today: string | null;
  /** In words, for the user. */
  readonly how: string;
}

const VARIABLE = /^\$\{?([A-Za-z_]\w*)[^}]*\}?$/;

/** `acme/waf:2.3` → name and tag. A port of a registry is not a tag. */
export function splitImage(image: string): { readonly name: string; readonly tag: string | null } {
  const colon = image.indexOf(':', image.lastIndexOf('/') + 1);
  return colon === -1 ? { name: image, tag: null } : { name: image.slice(0, colon), tag: image.slice(colon + 1) };
}

/**
 * An image as its compose file names it: a fixed tag, a tag from a variable, or a whole image from a variable. `filled`
 * is the image with the variables' defaults.
 */
export function versionsOfImage(image: string, filled: string): VersionedArms {
  const [, whole] = VARIABLE.exec(image) ?? [];
  if (whole !== undefined)
    return {
      arm: (version) => `environment: { ${whole}: ${quoted(version)} }`,
      label: (version) => version,
      today: filled === '' ? null : filled,
      how: `the variable ${whole} sets its image`,
    };
  const { name, tag } = splitImage(image);
  const [, variable] = VARIABLE.exec(tag ?? '') ?? [];
  const today = splitImage(filled).tag;
  const label = (version: string): string => `${name.split('/').at(-1)} ${version}`;
  return variable === undefined
    ? {
        arm: (version) => `images: { ${quoted(name)}: ${quoted(version)} }`,
        label,
        today,
        how: `the tag of ${name} is replaced in each arm`,
      }
    : {
        arm: (version) => `environment: { ${variable}: ${quoted(version)} }`,
        label,
        today: today === '' ? null : today,
        how: `the variable ${variable} sets its tag`,
      };
}

/** An image that is built: a build argument gives the version. */
export function versionsOfBuild(service: string, argument: string): VersionedArms {
  return {
    arm: (version) => `environment: { VERSION: ${quoted(version)} }`,
    label: (version) => `${service} ${version}`,
    today: null,
    how: `the build argument ${argument} sets the version`,
  };
}

/** A version may be given as a whole image: `acme/waf:2.4` means the tag 2.4 of acme/waf. */
export function versionFor(stated: string, image: string | null): string {
  if (image === null || VARIABLE.test(image)) return stated;
  const own = splitImage(image);
  const given = splitImage(stated);
  if (given.tag === null || given.name === stated) return stated;
  if (given.name === own.name) return given.tag;
  throw new SlopegateError('USAGE', `${stated} is not a version of ${own.name}, which the compose file uses`, {
    hint: `give a tag of ${own.name}`,
  });
}

export const quoted = (text: string): string => JSON.stringify(text);
