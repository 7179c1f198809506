import type { ComposeModel } from '../compose/model.js';
import type { Copy } from './types.js';
import { deviceOf } from './volume-storage.js';

/**
 * Volumes whose contents lie elsewhere, in somebody else's volume or in a folder of the host: the arm gets a copy of
 * them.
 */
export function storedElsewhere({ services, volumes = {} }: ComposeModel): Copy[] {
  return Object.entries(volumes).flatMap(([key, volume]): Copy[] => {
    const folder = deviceOf(volume ?? {});
    const source = folder ?? (volume?.external === true ? (volume.name ?? key) : null);
    if (source === null) return [];
    const user = Object.keys(services).find((name) =>
      services[name]?.volumes?.some((mount) => mount.type === 'volume' && mount.source === key),
    );
    return user === undefined
      ? []
      : [{ kind: folder === null ? 'volume' : 'folder', source, service: user, target: key }];
  });
}
