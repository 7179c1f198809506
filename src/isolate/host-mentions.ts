import type { ComposeModel } from '../compose/model.js';
import {
  contains,
  formatAddress,
  ipamConfigs,
  parseAddress,
  parseSubnet,
  type Subnet,
  type SubnetPlan,
} from '../subnets/index.js';
import { toldTexts, type ToldText } from './told-texts.js';
import type { Change, IsolateOptions } from './types.js';

const LOOPBACK = /(?<![\w.-])(?:localhost|127\.0\.0\.1|\[::1\]):(\d{1,5})(?!\d)/g;
const V4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)/g;
const HOST_NAMES = /host\.docker\.internal|gateway\.docker\.internal|host-gateway/;

/**
 * What the services are told and what means something else in the arm: a port of the host that another service of the
 * file publishes, the host itself, an address of a subnet that could not be moved. Each is told with its place. Pure.
 */
export function hostMentions(model: ComposeModel, options: IsolateOptions, { dropped }: SubnetPlan): Change[] {
  const published = publishedPorts(model);
  const gateways = gatewaysOf(model);
  const subnets = dropped.flatMap((text) => parseSubnet(text) ?? []);
  const onHost = new Set(Object.keys(model.services).filter((name) => model.services[name]?.network_mode === 'host'));
  return toldTexts(model, options.hostPaths).flatMap((told) => [
    ...(onHost.has(told.service) ? ofLoopback(told, published, onHost) : []),
    ...ofHost(told, gateways),
    ...ofSubnets(told, subnets),
  ]);
}

interface Publisher {
  readonly service: string;
  readonly target: number;
}

function ofLoopback(
  { service, place, text }: ToldText,
  published: ReadonlyMap<number, Publisher>,
  onHost: ReadonlySet<string>,
): Change[] {
  const ports = new Set([...text.matchAll(LOOPBACK)].map(([, port]) => Number(port)));
  return [...ports].flatMap((port): Change[] => {
    const publisher = published.get(port);
    if (publisher === undefined || onHost.has(publisher.service)) return [];
    return [
      {
        path: `services.${service}.${place}`,
        what: `names port ${port} of this host, which ${publisher.service} publishes in production and not in the arm`,
        mustKnow: true,
        fix: `for the test, write ${publisher.service}:${publisher.target} instead`,
      },
    ];
  });
}

function ofHost({ service, place, text }: ToldText, gateways: ReadonlySet<string>): Change[] {
  const address = (text.match(V4) ?? []).find((found) => gateways.has(found));
  const name = HOST_NAMES.exec(text)?.[0];
  if (address === undefined && name === undefined) return [];
  return [
    {
      path: `services.${service}.${place}`,
      what: `names the host (${address ?? name}): what listens there is production's, not the arm's`,
      mustKnow: true,
      fix: 'for the test, name the service that is meant',
    },
  ];
}

function ofSubnets({ service, place, text }: ToldText, subnets: readonly Subnet[]): Change[] {
  const stale = (text.match(V4) ?? []).find((found) => {
    const address = parseAddress(found);
    return address !== null && subnets.some((subnet) => contains(subnet, address) && address.value !== subnet.value);
  });
  if (stale === undefined) return [];
  return [
    {
      path: `services.${service}.${place}`,
      what: `names ${stale}, an address of a subnet that is too large to be moved: the arm has no such address`,
      mustKnow: true,
      fix: 'for the test, name the service that is meant, or state a smaller subnet',
    },
  ];
}

function publishedPorts({ services }: ComposeModel): ReadonlyMap<number, Publisher> {
  return new Map(
    Object.entries(services).flatMap(([service, { ports = [] }]) =>
      ports.map(({ published, target }) => [Number(published ?? Number.NaN), { service, target }] as const),
    ),
  );
}

/** The address of the host in each network: the stated one, or the first of the subnet. */
function gatewaysOf({ networks = {} }: ComposeModel): ReadonlySet<string> {
  const configs = Object.values(networks).flatMap((network) => ipamConfigs(network?.ipam));
  return new Set(
    configs.flatMap(({ subnet, gateway }) => {
      if (gateway !== undefined) return [gateway];
      const parsed = parseSubnet(subnet ?? '');
      return parsed === null ? [] : [formatAddress({ ...parsed, value: parsed.value + 1n })];
    }),
  );
}
