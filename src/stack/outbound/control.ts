import type Docker from 'dockerode';
import type { DockerConnection } from '../../docker/connect.js';
import { handleOf, inspect, inspectAll, type Inspected } from '../../docker/containers.js';
import { labelFilter, type ResourceOwner } from '../../docker/labels.js';
import { SlopegateError, type OutboundSetting, type RunNote } from '../../model/index.js';
import { CLOSING_NEEDS } from '../../words/statements/notes.js';
import { gatewayScript, allowAnswers, silenceBridges, type Gateway, type SilentBridges } from './bridges.js';
import { inNamespace } from './namespace.js';
import { ownAddresses } from './own-addresses.js';
import { closingScript, COUNTING_SCRIPT, type Surroundings, type Way } from './rules.js';

/** Keeps an arm's connections inside: while it starts, and from the load on. */
export interface OutboundControl extends AsyncDisposable {
  /** Called when the networks exist: no container reaches its gateway before its own rules are in force. */
  hold(): Promise<void>;
  /** Closes the containers that run, as far as they are to be closed while the arm starts. */
  starting(): Promise<void>;
  /** Nothing leaves the arm any more. */
  close(): Promise<void>;
  /** What could not be kept, and what tried to leave since. */
  notes(): Promise<readonly RunNote[]>;
}

export interface OutboundOptions {
  readonly daemon: DockerConnection;
  readonly ownedBy: ResourceOwner;
  readonly labels: Readonly<Record<string, string>>;
  readonly setting: OutboundSetting;
}

const OPEN: OutboundControl = {
  hold: async () => {},
  starting: async () => {},
  close: async () => {},
  notes: async () => [],
  [Symbol.asyncDispose]: async () => {},
};

/**
 * Opens the control of one arm. The rules stand in each container's own network namespace, and go with it. They are put
 * there after each start, also when a container starts again under load; until then it does not find its gateway.
 * @throws SlopegateError STACK_REFUSED if `none` was asked for and cannot be kept
 */
export async function openOutboundControl({
  daemon,
  ownedBy,
  labels,
  setting,
}: OutboundOptions): Promise<OutboundControl> {
  if (setting === 'open') return OPEN;
  const { docker } = daemon;
  const enter = inNamespace(daemon, labels);
  let way: Way = setting === 'none' ? 'arm-alone' : 'not-the-machine';
  let failed: string | null = null;
  let silent: SilentBridges = new Map();

  const apply = async (container: Inspected): Promise<void> => {
    const { Running, Pid } = container.State;
    if (!Running || container.HostConfig.NetworkMode === 'none') return;
    const surroundings = await surroundingsOf(daemon, container, silent);
    const script = [closingScript(way, surroundings), gatewayScript(surroundings.gateways)].join('\n');
    if ((await enter(Pid, script)) !== null) return;
    // A container that has ended meanwhile opens no connections.
    const still = await inspect(docker, container.Id);
    if (still?.State.Running !== true || still.State.Pid !== Pid) return;
    failed ??= handleOf(container).service;
    if (setting !== 'none') await allowAnswers(silent, enter);
  };
  const applyAll = async (): Promise<void> => {
    await Promise.all((await inspectAll(docker, ownedBy)).map(apply));
    if (failed !== null && setting === 'none') throw cannotKeep(failed);
  };
  const stop = await followStarts(docker, ownedBy, async (id) => {
    const container = await inspect(docker, id);
    if (container !== null && isOfTheArm(container)) await apply(container);
  });

  return {
    hold: async () => {
      silent = await silenceBridges(docker, ownedBy, enter);
    },
    starting: applyAll,
    close: async () => {
      way = 'arm-alone';
      await applyAll();
    },
    notes: async () => {
      const containers = (await inspectAll(docker, ownedBy)).filter(({ State }) => State.Running);
      const tried = await Promise.all(containers.map(async (container) => triedOf(container, enter)));
      const open = failed === null ? [] : [{ code: 'network-not-closed', facts: { service: failed } } as const];
      return [...open, ...tried.flatMap((note) => note ?? [])];
    },
    [Symbol.asyncDispose]: async () => stop(),
  };
}

/** Helpers of ours carry the arm's labels too, and are no service of it. */
function isOfTheArm(container: Inspected): boolean {
  return handleOf(container).service !== '';
}

async function triedOf(container: Inspected, enter: ReturnType<typeof inNamespace>): Promise<RunNote | null> {
  const [packets = '0', ...destinations] = ((await enter(container.State.Pid, COUNTING_SCRIPT)) ?? '')
    .trim()
    .split('\n');
  if (Number(packets) === 0) return null;
  return {
    code: 'outbound-stopped',
    facts: { service: handleOf(container).service, packets: Number(packets), destinations },
  };
}

/** Calls back for each container of the arm that starts, until stopped. */
async function followStarts(
  docker: Docker,
  ownedBy: ResourceOwner,
  onStart: (id: string) => Promise<void>,
): Promise<() => void> {
  const stream = (await docker.getEvents({
    filters: { type: ['container'], event: ['start'], label: labelFilter(ownedBy) },
  })) as NodeJS.ReadableStream & { destroy(): void };
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { Actor: actor } = JSON.parse(line) as { readonly Actor?: { readonly ID?: string } };
      if (actor?.ID !== undefined) void onStart(actor.ID).catch(() => {});
    }
  });
  stream.on('error', () => {});
  return () => stream.destroy();
}

async function surroundingsOf(
  daemon: DockerConnection,
  container: Inspected,
  silent: SilentBridges,
): Promise<Surroundings & { readonly gateways: readonly Gateway[] }> {
  const { docker } = daemon;
  // In another's network namespace, the networks are the other's.
  const other = /^container:(.+)$/.exec(container.HostConfig.NetworkMode ?? '')?.[1];
  const own = other === undefined ? container : await docker.getContainer(other).inspect();
  const attached = Object.values(own.NetworkSettings.Networks);
  const networks = await Promise.all(attached.map(({ NetworkID }) => docker.getNetwork(NetworkID).inspect()));
  const ranges = networks.flatMap(({ IPAM }) => IPAM?.Config ?? []);
  const gateways = [
    ...attached.flatMap(({ Gateway, IPv6Gateway }) => [Gateway, IPv6Gateway]),
    ...ranges.map(({ Gateway }) => Gateway?.split('/')[0]),
  ];
  const addresses = [...gateways, ...(await ownAddresses(daemon))].flatMap((address) => address || []);
  return {
    subnets: ranges.flatMap(({ Subnet }) => Subnet ?? []),
    machine: [...new Set(addresses)],
    gateways: attached.flatMap(({ Gateway: address, NetworkID: id }) => {
      const link = silent.get(id);
      return link === undefined || !address ? [] : [{ address, link }];
    }),
  };
}

function cannotKeep(service: string): SlopegateError {
  return new SlopegateError(
    'STACK_REFUSED',
    `stack.outbound: none is not possible here: the network of ${service} could not be closed.`,
    {
      hint: CLOSING_NEEDS,
    },
  );
}
