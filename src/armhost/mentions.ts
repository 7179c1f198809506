import type { Change } from '../model/index.js';
import type { ComposeModel } from '../compose/model.js';
import { contains, formatAddress, parseAddress, parseSubnet, type Subnet, type SubnetPlan } from '../subnets/index.js';
import { textsOfServices, type ServiceText } from '../hostpaths/service-texts.js';
import type { HostPaths } from '../hostpaths/host-path.js';
import { forwardsOf } from './forwards.js';
import { gatewaysOf, gatewaysToTake } from './gateways.js';
import { hostNamesOf } from './host-names.js';

const V4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g;
const PORT = /^\]?:(\d{1,5})(?!\d)/;
/** The machine's address on the bridge that all containers share, unless it was changed. */
const COMMON_BRIDGE = '172.17.0.1';

/** A place in which a text names the host. */
interface Mention {
  readonly service: string;
  readonly place: string;
  /** The name that is used: `172.30.8.1`, `host.docker.internal`. */
  readonly name: string;
  /** Null if no port follows. */
  readonly port: number | null;
}

/** Whether the arm needs a host of its own: a service uses the host's network, or a text names the host. */
export function needsHost(model: ComposeModel, hostPaths: HostPaths): boolean {
  return (
    Object.values(model.services).some(({ network_mode: mode }) => mode === 'host') ||
    mentionsOf(model, hostPaths).length > 0
  );
}

/**
 * Texts of the services that mean something else in the arm: a port of the host on which no service of the file
 * listens, an address of the machine that the arm's host does not have, or an address in a subnet that could not be
 * moved. Each one has its place.
 */
export function hostMentions(model: ComposeModel, hostPaths: HostPaths, { dropped }: SubnetPlan): Change[] {
  const published = new Set(forwardsOf(model).map(({ port }) => port));
  const onHost = Object.values(model.services).some(({ network_mode: mode }) => mode === 'host');
  const taken = new Set(
    Object.values(model.networks ?? {}).flatMap((network) => gatewaysToTake(network).map(formatAddress)),
  );
  const subnets = dropped.flatMap((text) => parseSubnet(text) ?? []);
  return [
    ...mentionsOf(model, hostPaths).flatMap((mention): Change[] => {
      if (parseAddress(mention.name) !== null && !taken.has(mention.name)) return [ofTheMachine(mention)];
      const { port } = mention;
      return onHost || port === null || published.has(port) ? [] : [nobodyListens({ ...mention, port })];
    }),
    ...textsOfServices(model, hostPaths).flatMap((text) => ofSubnets(text, subnets)),
  ];
}

function mentionsOf(model: ComposeModel, hostPaths: HostPaths): Mention[] {
  const addresses = [...gatewaysOf(model), COMMON_BRIDGE];
  const names = [...hostNamesOf(model), 'host-gateway'];
  return textsOfServices(model, hostPaths).flatMap(({ service, place, text }) =>
    [...addresses, ...names].flatMap((name): Mention[] => {
      const ends = [...text.matchAll(asWord(name))].map((match) => match.index + name.length);
      const ports = ends.map((end) => PORT.exec(text.slice(end, end + 8))?.[1]);
      return [...new Set(ports)].map((port) => ({
        service,
        place,
        name,
        port: port === undefined ? null : Number(port),
      }));
    }),
  );
}

/** A colon before a name or an IPv4 address ends the previous word. Within an IPv6 address it does not. */
function asWord(name: string): RegExp {
  const spelled = name.replaceAll('.', String.raw`\.`);
  const before = name.includes(':') ? String.raw`[\w.:-]` : String.raw`[\w.-]`;
  return new RegExp(String.raw`(?<!${before})${spelled}(?![\w-]|\.\w)`, 'g');
}

function ofTheMachine({ service, place, name }: Mention): Change {
  return {
    path: `services.${service}.${place}`,
    code: 'names-host-address',
    facts: { address: name },
    mustKnow: true,
  };
}

function nobodyListens({ service, place, name, port }: Mention & { readonly port: number }): Change {
  return {
    path: `services.${service}.${place}`,
    code: 'names-unpublished-port',
    facts: { port, name },
    mustKnow: true,
  };
}

function ofSubnets({ service, place, text }: ServiceText, subnets: readonly Subnet[]): Change[] {
  const stale = (text.match(V4) ?? []).find((found) => {
    const address = parseAddress(found);
    return address !== null && subnets.some((subnet) => contains(subnet, address) && address.value !== subnet.value);
  });
  if (stale === undefined) return [];
  return [
    {
      path: `services.${service}.${place}`,
      code: 'names-lost-address',
      facts: { address: stale },
      mustKnow: true,
    },
  ];
}
