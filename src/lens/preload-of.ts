import type Docker from 'dockerode';
import { readImageFile } from '../docker/image-file.js';

/** Before this version, musl has no aligned memory for a program with another malloc. */
const FIRST_MUSL = [1, 2, 2];
const MACHINES = ['x86_64', 'aarch64'];

/** What an image or a service preloads by itself; empty if nothing. */
export interface Preloads {
  /** LD_PRELOAD. */
  readonly libraries: string;
  /** NODE_OPTIONS. */
  readonly nodeOptions: string;
}

/**
 * What an image preloads by itself; null if the lens must not be put into it, because the programs of
 * its C library would fail.
 */
export async function preloadOf(
  docker: Docker,
  image: string,
  labels: Readonly<Record<string, string>>,
): Promise<Preloads | null> {
  for (const machine of MACHINES) {
    const loader = await readImageFile(docker, image, `/lib/ld-musl-${machine}.so.1`, labels);
    if (loader !== null && !isNewMusl(loader)) return null;
  }
  const { Config } = await docker.getImage(image).inspect();
  const valueOf = (name: string): string =>
    (Config.Env ?? []).find((variable) => variable.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  return { libraries: valueOf('LD_PRELOAD'), nodeOptions: valueOf('NODE_OPTIONS') };
}

/** The loader of musl, which is the whole C library, has its version among its texts. */
export function isNewMusl(loader: Buffer): boolean {
  const version = /\0(1\.\d+\.\d+)(?:-git[^\0]*)?\0/.exec(loader.toString('latin1'))?.[1];
  if (version === undefined) return false;
  const numbers = version.split('.').map(Number);
  const place = FIRST_MUSL.findIndex((number, index) => number !== numbers[index]);
  return place < 0 || (numbers[place] as number) > (FIRST_MUSL[place] as number);
}
