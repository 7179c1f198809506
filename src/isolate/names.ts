import type { Change, Changed } from '../model/index.js';
import type { ComposeService } from '../compose/model.js';
import { contains, formatAddress, moveAddress, parseAddress, type Move } from '../subnets/index.js';
import type { IsolateOptions } from './types.js';

/** Removes a container's fixed name, and keeps it as a name with which the arm's other services find it. */
export function ownName({ container_name: name, ...service }: ComposeService): Changed<ComposeService> {
  if (name === undefined) return { part: service, changes: [] };
  if (service.networks === undefined)
    return { part: service, changes: [{ path: 'container_name', code: 'name-removed', facts: { name } }] };
  const networks = Object.entries(service.networks).map(([network, attachment]) => {
    const aliases = attachment?.aliases ?? [];
    return [network, { ...attachment, aliases: [...new Set([...aliases, name])] }] as const;
  });
  return {
    part: { ...service, networks: Object.fromEntries(networks) },
    changes: [
      {
        path: 'container_name',
        code: 'name-kept-in-network',
        facts: { name },
      },
    ],
  };
}

/**
 * The arm has its own networks: static addresses move with their subnets, and the engine's default bridge is not used.
 * The host's network is handled later.
 */
export function ownAddress(
  { network_mode: mode, ...service }: ComposeService,
  _name: string,
  _options: IsolateOptions,
  moves: readonly Move[],
): Changed<ComposeService> {
  const bridge = mode === 'bridge' || mode === 'default';
  const changes: Change[] = bridge ? [{ path: 'network_mode', code: 'default-bridge-replaced', facts: {} }] : [];
  const kept = mode === undefined || bridge ? service : { ...service, network_mode: mode };
  if (service.networks === undefined) return { part: kept, changes };
  const networks = Object.entries(service.networks).map(([network, attachment]) => {
    const { ipv4_address: v4, ipv6_address: v6, ...rest } = attachment ?? {};
    const own = { ...moved('ipv4_address', v4, moves), ...moved('ipv6_address', v6, moves) };
    for (const [key, old] of [
      ['ipv4_address', v4],
      ['ipv6_address', v6],
    ] as const) {
      if (old === undefined) continue;
      const path = `networks.${network}`;
      const to = own[key];
      changes.push(
        to === undefined
          ? { path, code: 'address-removed', facts: { address: old } }
          : { path, code: 'address-moved', facts: { address: old, to } },
      );
    }
    return [network, attachment === null ? null : { ...rest, ...own }] as const;
  });
  return { part: { ...kept, networks: Object.fromEntries(networks) }, changes };
}

function moved(key: string, text: string | undefined, moves: readonly Move[]): Readonly<Record<string, string>> {
  const address = parseAddress(text ?? '');
  const move = address === null ? undefined : moves.find(({ from }) => contains(from, address));
  return address === null || move === undefined ? {} : { [key]: formatAddress(moveAddress(address, move)) };
}
