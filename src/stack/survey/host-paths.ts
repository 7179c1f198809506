import { stat } from 'node:fs/promises';
import type { ComposeModel } from '../../compose/model.js';
import { MISSING, type HostPath } from '../../isolate/host-path.js';
import { textFilesOf } from './text-files.js';

/**
 * What stands at every host path that the models mount. Texts are read where a path is mounted read only: elsewhere it
 * is copied anyway.
 */
export async function surveyHostPaths(models: readonly ComposeModel[]): Promise<Readonly<Record<string, HostPath>>> {
  const mounts = models
    .flatMap(({ services }) => Object.values(services))
    .flatMap(({ volumes = [] }) => volumes)
    .filter(({ type, source }) => type === 'bind' && source !== undefined);
  const sources = new Map(mounts.map(({ source = '', read_only: readOnly }) => [source, readOnly === true] as const));
  const surveyed = await Promise.all(
    [...sources].map(async ([source, readOnly]) => [source, await survey(source, readOnly)] as const),
  );
  return Object.fromEntries(surveyed);
}

async function survey(source: string, readOnly: boolean): Promise<HostPath> {
  const found = await stat(source).catch(() => null);
  if (found === null) return MISSING;
  if (found.isSocket()) return { kind: 'socket', text: '' };
  const kind = found.isDirectory() ? 'folder' : 'file';
  if (!readOnly || !(found.isDirectory() || found.isFile())) return { kind, text: '' };
  return { kind, text: (await textFilesOf(source)).map(({ text }) => text).join('\n') };
}
