import { SlopegateError } from '../model/index.js';

/** How the two arms come to their versions. */
export interface VersionedArms {
  /** Lines of YAML that an arm gets besides its compose files, by its version. */
  readonly arm: (version: string) => string;
  /** What people call a version. */
  readonly label: (version: string) => string;
  /** The version that the compose file names today; null if it names none. */
  readonly today: string | null;
  /** In words, for the person who reads what was understood. */
  readonly how: string;
}

const VARIABLE = /^\$\{?([A-Za-z_]\w*)[^}]*\}?$/;

/** `acme/waf:2.3` → name and tag; a port of a registry is no tag. */
export function splitImage(image: string): { readonly name: string; readonly tag: string | null } {
  const colon = image.indexOf(':', image.lastIndexOf('/') + 1);
  return colon === -1 ? { name: image, tag: null } : { name: image.slice(0, colon), tag: image.slice(colon + 1) };
}

/**
 * An image as its compose file names it: its tag is a variable, or stands there, or the whole image is a variable.
 * `filled` is the image with the variables' defaults filled in.
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

/** An image that is built: a build argument names the version. */
export function versionsOfBuild(service: string, argument: string): VersionedArms {
  return {
    arm: (version) => `environment: { VERSION: ${quoted(version)} }`,
    label: (version) => `${service} ${version}`,
    today: null,
    how: `the build argument ${argument} sets the version`,
  };
}

/** A version may be given as a whole image: `acme/waf:2.4` is the tag 2.4 of acme/waf. */
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
