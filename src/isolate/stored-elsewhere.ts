import type { ComposeModel } from '../compose/model.js';
import type { Copy } from './types.js';

/** External volumes: the arm gets a copy of each one that a service uses. */
export function storedElsewhere({ services, volumes = {} }: ComposeModel): Copy[] {
  return Object.entries(volumes).flatMap(([key, volume]): Copy[] => {
    if (volume?.external !== true) return [];
    const user = Object.keys(services).find((name) =>
      services[name]?.volumes?.some((mount) => mount.type === 'volume' && mount.source === key),
    );
    return user === undefined ? [] : [{ kind: 'volume', source: volume.name ?? key, service: user, target: key }];
  });
}
