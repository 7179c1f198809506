import { NUMBER, SERVICE, shownName, type ArmView, type OwnContainer } from './arm-view.js';
import { fitsName, passes, type Filters } from './filters.js';
import { renamed, type Rename } from './names.js';

type Json = Readonly<Record<string, unknown>>;
type Labels = Readonly<Record<string, string>>;

/** An item of the daemon's list of containers. */
export interface Listed extends Json {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly State: string;
  readonly Labels: Labels;
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, { readonly NetworkID?: string } | null>>;
  };
}

/** The container of the arm in an item of a list; null for one that Compose did not make. */
export function ownContainer({ Id, Names, State, Labels, NetworkSettings }: Listed): OwnContainer | null {
  const service = Labels[SERVICE];
  if (service === undefined) return null;
  const networks = Object.entries(NetworkSettings?.Networks ?? {});
  return {
    id: Id,
    name: (Names[0] ?? '').replace(/^\//, ''),
    service,
    number: Number(Labels[NUMBER] ?? 1),
    running: State === 'running',
    networks: networks.map(([name, network]) => ({ id: network?.NetworkID ?? '', name })),
  };
}

/** The labels of the compose file and those that Compose adds, without ours. */
function shownLabels(view: ArmView, labels: Labels): Labels {
  const made = Object.entries(labels).filter(([key]) => key.startsWith('com.docker.compose.'));
  return { ...Object.fromEntries(made), ...view.services[labels[SERVICE] ?? '']?.labels };
}

function shownImage(view: ArmView, labels: Labels): { readonly Image?: string } {
  const image = view.services[labels[SERVICE] ?? '']?.image ?? null;
  return image === null ? {} : { Image: image };
}

export interface ListQuery {
  readonly all: boolean;
  readonly limit: number;
  readonly filters: Filters;
}

/** The arm's containers in the form of `docker ps`. Filters use the names and labels of the compose file. */
export function presentList(list: unknown, view: ArmView, rename: Rename, { all, limit, filters }: ListQuery): unknown {
  const shown = (list as readonly Listed[])
    .filter(({ Labels }) => Labels[SERVICE] !== undefined && view.services[Labels[SERVICE]] !== undefined)
    .map((item) => ({ ...item, ...shownImage(view, item.Labels), Labels: shownLabels(view, item.Labels) }))
    .map((item) => renamed(item, rename) as Listed)
    .filter((item) => all || limit > 0 || filters.has('status') || item.State === 'running')
    .filter((item) => passes(filters, { labels: item.Labels, fits: fitsContainer(item) }));
  return limit > 0 ? shown.slice(0, limit) : shown;
}

function fitsContainer(item: Listed): Readonly<Record<string, (text: string) => boolean>> {
  const networks = Object.entries(item.NetworkSettings?.Networks ?? {});
  return {
    id: (text) => item.Id.startsWith(text),
    name: (text) => item.Names.some((name) => fitsName(name.replace(/^\//, ''), text)),
    status: (text) => item.State === text,
    network: (text) => networks.some(([name, network]) => name === text || network?.NetworkID === text),
  };
}

/** One container as `docker inspect` shows it. */
export function presentContainer(value: unknown, view: ArmView, rename: Rename): unknown {
  const container = value as Json & { readonly Config: Json & { readonly Labels: Labels } };
  const { Labels: labels } = container.Config;
  const Config = { ...container.Config, ...shownImage(view, labels), Labels: shownLabels(view, labels) };
  return renamed({ ...container, Config }, rename);
}

interface DockerEvent extends Json {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Labels };
}

/** An event of one of the arm's containers; null for everything else. */
export function presentEvent(value: unknown, view: ArmView, rename: Rename, filters: Filters): unknown {
  const { Actor: actor, ...event } = value as DockerEvent;
  const { Attributes: attributes } = actor;
  const { [SERVICE]: service } = attributes;
  if (event.Type !== 'container' || service === undefined || view.services[service] === undefined) return null;
  const { Image: image = attributes['image'] ?? '' } = shownImage(view, attributes);
  const name = shownName(view, service, Number(attributes[NUMBER] ?? 1));
  const labels = shownLabels(view, attributes);
  // Besides labels, an event has fields about what happened: `exitCode`, `signal`.
  const plain = Object.entries(attributes).filter(([key]) => /^\w+$/.test(key));
  const fits = {
    type: (text: string) => text === 'container',
    event: (text: string) => event.Action === text || event.Action.startsWith(`${text}:`),
    container: (text: string) => text === name || actor.ID.startsWith(text),
    image: (text: string) => text === image || image.startsWith(`${text}:`),
  };
  if (!passes(filters, { labels, fits })) return null;
  return renamed(
    {
      ...event,
      ...('from' in event ? { from: image } : {}),
      Actor: { ID: actor.ID, Attributes: { ...Object.fromEntries(plain), ...labels, image, name } },
    },
    rename,
  );
}

/** What the daemon says about itself; everything about others on the host is left out. */
const OF_THE_ENGINE = [
  'Architecture',
  'CgroupDriver',
  'CgroupVersion',
  'CpuCfsPeriod',
  'CpuCfsQuota',
  'Driver',
  'IPv4Forwarding',
  'KernelVersion',
  'LoggingDriver',
  'MemTotal',
  'MemoryLimit',
  'NCPU',
  'OSType',
  'OSVersion',
  'OomKillDisable',
  'OperatingSystem',
  'PidsLimit',
  'ServerVersion',
  'SwapLimit',
  'SystemTime',
];

/** `docker info` of a machine that has nothing but the arm. */
export function presentInfo(value: unknown, view: ArmView, containers: readonly OwnContainer[]): unknown {
  const told = Object.entries(value as Json).filter(([key]) => OF_THE_ENGINE.includes(key));
  const running = containers.filter((container) => container.running).length;
  return {
    ...Object.fromEntries(told),
    Name: view.project.shown,
    Containers: containers.length,
    ContainersRunning: running,
    ContainersPaused: 0,
    ContainersStopped: containers.length - running,
    Swarm: { NodeID: '', LocalNodeState: 'inactive', ControlAvailable: false },
  };
}

/** The arm's networks. Filters use the names of the compose file. */
export function presentNetworks(list: unknown, view: ArmView, rename: Rename, filters: Filters): unknown {
  return (list as readonly (Json & { readonly Id: string; readonly Name: string })[])
    .filter(({ Name }) => view.networks[Name] !== undefined)
    .map((network) => renamed(network, rename) as typeof network)
    .filter(({ Id, Name }) =>
      passes(filters, {
        labels: {},
        fits: { id: (text) => Id.startsWith(text), name: (text) => fitsName(Name, text) },
      }),
    );
}
