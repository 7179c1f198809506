import type { Change, Changed } from '../model/index.js';
import type { ComposeAttachment, ComposeModel, ComposeService } from '../compose/model.js';
import { contains, formatAddress, moveAddress, type Move } from '../subnets/index.js';
import { forwarderCommand, type Forward } from './forwarder.js';
import { gatewaysToTake } from './gateways.js';
import { hostNamesOf, withoutHostNames } from './host-names.js';

/** The name of the arm's host among the services. No compose file may have a service with this name. */
export const HOST_SERVICE = 'slopegate-host';

/** Keys that Docker accepts only from the owner of a network namespace. */
const OF_THE_NETWORK = ['dns', 'dns_opt', 'dns_search', 'extra_hosts'] as const;
const NOT_WHEN_JOINED = [...OF_THE_NETWORK, 'hostname', 'domainname', 'mac_address', 'links', 'expose', 'networks'];
const LARGEST_MEMORY = 64 * 1024 ** 2;

interface HostOptions {
  /** Image of the container. */
  readonly hostImage: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface HostPlan {
  readonly forwards: readonly Forward[];
  readonly moves: readonly Move[];
}

/**
 * Gives the arm a host of its own: a small container that keeps a network open. It is on every network of the arm, at
 * the address where production's containers find their host, and with the names that they use for it. The ports that
 * production publishes lead from there to the services. Services on the host's network join it, so they share one
 * loopback interface and reach those ports on 127.0.0.1.
 */
export function addArmHost(
  model: ComposeModel,
  { hostImage, labels }: HostOptions,
  { forwards, moves }: HostPlan,
): Changed<ComposeModel> {
  const members = Object.keys(model.services).filter((name) => model.services[name]?.network_mode === 'host');
  const changes: Change[] = [];
  const names = [...hostNamesOf(model), ...members];
  const services = Object.entries(model.services).map(([name, service]) => {
    if (!members.includes(name)) return [name, withoutHostNames(service)] as const;
    changes.push({
      path: `services.${name}.network_mode`,
      code: 'host-network-replaced',
      facts: {},
    });
    return [name, joined(service)] as const;
  });
  for (const { port, protocol, service, target } of forwards)
    changes.push({
      path: `services.${service}.ports`,
      code: 'host-port-leads',
      facts: { port, protocol, service, target },
    });
  const own: ComposeService = {
    image: hostImage,
    pull_policy: 'never',
    command: forwarderCommand(forwards).map((word) => word.replaceAll('$', '$$$$')),
    labels,
    restart: 'no',
    healthcheck: { disable: true },
    read_only: true,
    cap_drop: ['ALL'],
    cap_add: ['NET_BIND_SERVICE'],
    security_opt: ['no-new-privileges:true'],
    mem_limit: String(LARGEST_MEMORY),
    memswap_limit: String(LARGEST_MEMORY),
    stop_grace_period: '1s',
    ...statedByMembers(members.map((name) => model.services[name] ?? {})),
    networks: attachments(model, names, moves),
  };
  return { part: { ...model, services: { ...Object.fromEntries(services), [HOST_SERVICE]: own } }, changes };
}

function joined(service: ComposeService): ComposeService {
  const kept = Object.entries(service).filter(([key]) => !NOT_WHEN_JOINED.includes(key));
  return { ...Object.fromEntries(kept), network_mode: `service:${HOST_SERVICE}` };
}

/** The name servers and names of addresses that the members state. They hold for the network that they share. */
function statedByMembers(members: readonly ComposeService[]): ComposeService {
  const stated = OF_THE_NETWORK.flatMap((key) => {
    const all = members.flatMap((member) => (withoutHostNames(member)[key] ?? []) as readonly string[] | string);
    return all.length === 0 ? [] : [[key, [...new Set(all)]] as const];
  });
  return Object.fromEntries(stated);
}

/** Every network of the arm; the default one if there is none. */
function attachments(
  model: ComposeModel,
  aliases: readonly string[],
  moves: readonly Move[],
): Readonly<Record<string, ComposeAttachment>> {
  const used = new Set(Object.values(model.services).flatMap(({ networks = {} }) => Object.keys(networks)));
  return Object.fromEntries(
    (used.size > 0 ? [...used] : ['default']).map((key) => {
      const addresses = gatewaysToTake(model.networks?.[key]).flatMap((gateway) => {
        const move = moves.find(({ from }) => contains(from, gateway));
        return move === undefined ? [] : [moveAddress(gateway, move)];
      });
      const own = addresses.map((address) => [
        address.bits === 32 ? 'ipv4_address' : 'ipv6_address',
        formatAddress(address),
      ]);
      return [key, { aliases, ...(Object.fromEntries(own) as ComposeAttachment) }];
    }),
  );
}
