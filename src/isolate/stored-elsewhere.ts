import type { ComposeModel, ComposeResource } from '../compose/model.js';
import type { Copy } from './types.js';

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

/** The host folder that a volume of the local driver stands for; null for any other volume. */
export function deviceOf({ driver_opts: options }: ComposeResource): string | null {
  const device = options?.['device'] ?? '';
  return device.startsWith('/') && (options?.['o'] ?? '').split(',').some((word) => word === 'bind' || word === 'rbind')
    ? device
    : null;
}

export function usesNetworkStorage({ external, driver, driver_opts: options }: ComposeResource): boolean {
  return (
    external !== true &&
    ((driver !== undefined && driver !== 'local') || ['nfs', 'nfs4', 'cifs'].includes(options?.['type'] ?? ''))
  );
}
