import type { ComposeModel } from '../compose/model.js';
import { deviceOf } from './volume-storage.js';
import { sourceOf } from './host-path.js';

/** Every host path that a model uses: mounts, files of configs and secrets, and volumes that stand for a folder. */
export function hostPathsOf({ services, volumes = {}, ...model }: ComposeModel): string[] {
  const mounts = Object.values(services).flatMap(({ volumes: own = [] }) => own);
  const binds = mounts.filter(({ type, source }) => type === 'bind' && source !== undefined).map(sourceOf);
  const files = (['configs', 'secrets'] as const).flatMap((kind) =>
    Object.values((model[kind] ?? {}) as Readonly<Record<string, { readonly file?: string } | null>>).flatMap(
      (resource) => resource?.file ?? [],
    ),
  );
  const folders = Object.entries(volumes).flatMap(([key, volume]) => {
    const folder = deviceOf(volume ?? {});
    if (folder === null) return [];
    const parts = mounts.flatMap(({ type, source, volume: options }) => {
      const { subpath = '' } = (options ?? {}) as { readonly subpath?: string };
      return type === 'volume' && source === key && subpath !== '' ? [`${folder}/${subpath}`] : [];
    });
    return [folder, ...parts];
  });
  return [...new Set([...binds, ...files, ...folders])].sort();
}
