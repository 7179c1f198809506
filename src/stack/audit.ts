import type Docker from 'dockerode';
import type { ComposeModel } from '../compose/model.js';
import { isHarmlessCapability } from '../permissions/capabilities.js';
import { isHarmlessSecurityOption } from '../permissions/security-options.js';
import { handleOf, type Inspected } from '../docker/containers.js';
import { SlopegateError, type Allowance } from '../model/index.js';

/** One thing that an arm has in common with the host or with a container that is not its own. */
export interface Violation {
  readonly service: string;
  readonly what: string;
  /** What in `stack.allow` would permit it. */
  readonly allow: Allowance;
}

export interface Audited {
  readonly arm: readonly Inspected[];
  /** Every other container that runs on the daemon. */
  readonly others: readonly Inspected[];
  /** Ids of the containers on each network that the arm stands on, by the network's name. */
  readonly networks: ReadonlyMap<string, readonly string[]>;
  /** The address that ports are published on. */
  readonly publishedOn: string;
  /** Of the daemon's host: `1` or `2`. */
  readonly cgroupVersion: string;
}

/**
 * Proves by inspection, after bring-up, that the arm shares nothing beyond what was allowed.
 * @throws SlopegateError NOT_ISOLATED that names each thing in common; START_FAILED for a service without a container
 */
export async function auditArm(
  docker: Docker,
  arm: readonly Inspected[],
  { model, publishedOn, allow }: { model: ComposeModel; publishedOn: string; allow: readonly Allowance[] },
): Promise<void> {
  assertComplete(arm, model);
  const own = new Set(arm.map(({ Id }) => Id));
  const listed = (await docker.listContainers()).filter(({ Id }) => !own.has(Id));
  const inspected = await Promise.allSettled(listed.map(({ Id }) => docker.getContainer(Id).inspect()));
  const others = inspected.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const ids = [...new Set(arm.flatMap(({ NetworkSettings: { Networks } }) => Object.values(Networks)))];
  const networks = await Promise.all(
    [...new Set(ids.map(({ NetworkID }) => NetworkID))].map((id) => membersOf(docker, id)),
  );
  const { CgroupVersion: cgroupVersion = '' } = (await docker.info()) as { readonly CgroupVersion?: string };
  const violations = violationsOf({ arm, others, networks: new Map(networks), publishedOn, cgroupVersion }).filter(
    (violation) => !allow.includes(violation.allow),
  );
  if (violations.length === 0) return;
  throw new SlopegateError(
    'NOT_ISOLATED',
    `The arm must not share this: ${violations.map(({ service, what }) => `${service}: ${what}`).join('; ')}.`,
    { hint: `stack.allow: [${[...new Set(violations.map((one) => one.allow))].join(', ')}] permits it.` },
  );
}

async function membersOf(docker: Docker, id: string): Promise<readonly [string, readonly string[]]> {
  const network = await docker.getNetwork(id).inspect();
  return [network.Name, Object.keys(network.Containers ?? {})];
}

/** What is shown is what is started: each service of the model has its containers. */
function assertComplete(arm: readonly Inspected[], model: ComposeModel): void {
  for (const [service, { scale, deploy }] of Object.entries(model.services)) {
    const wanted = Number(scale ?? (deploy as { readonly replicas?: number } | undefined)?.replicas ?? 1);
    const found = arm.filter((container) => handleOf(container).service === service).length;
    if (found < wanted)
      throw new SlopegateError('START_FAILED', `The service ${service} has ${found} of ${wanted} containers.`, {
        hint: 'Compose started fewer containers than it should: see the log with --verbose.',
      });
  }
}

/** Pure: what the containers of an arm have in common with anything but themselves. */
export function violationsOf({ arm, others, networks, publishedOn, cgroupVersion }: Audited): readonly Violation[] {
  const own = new Set(arm.map(({ Id }) => Id));
  return arm.flatMap((container): Violation[] => {
    const { service } = handleOf(container);
    const found: Violation[] = [];
    const add = (what: string, allow: Allowance): void => void found.push({ service, what, allow });
    for (const [kind, mode] of modesOf(container)) {
      if (mode === 'host') add(`the ${kind} namespace of the host`, 'host-namespaces');
      const other = /^container:(.+)$/.exec(mode)?.[1];
      if (other !== undefined && !own.has(other)) add(`the ${kind} namespace of another container`, 'other-containers');
    }
    const { Privileged, Devices, CgroupParent, CapAdd, SecurityOpt, CgroupnsMode } = container.HostConfig as HostConfig;
    if (Privileged === true) add('all privileges of the host', 'privileges');
    for (const name of CapAdd ?? [])
      if (!isHarmlessCapability(name)) add(`the capability ${name}, which acts on the host`, 'privileges');
    for (const option of SecurityOpt ?? [])
      // Docker itself says `label=disable` if a namespace of the host was allowed.
      if (!isHarmlessSecurityOption(option) && option !== 'label=disable')
        add(`less protection of the host: ${option.slice(0, 60)}`, 'privileges');
    // With cgroup v1 it is Docker's default, and shows the names of groups only.
    if (CgroupnsMode === 'host' && cgroupVersion === '2') add('the cgroup namespace of the host', 'host-namespaces');
    for (const device of (Devices ?? []) as readonly { PathOnHost?: string }[])
      add(`the device ${device.PathOnHost ?? ''}`, 'devices');
    if (CgroupParent) add(`the cgroup ${CgroupParent}`, 'host-namespaces');
    for (const mount of container.Mounts as readonly Mount[]) {
      if (mount.Type === 'bind' && mount.RW && !mount.Source.startsWith('/dev/'))
        add(`the path ${mount.Source} of the host, writable`, 'host-system');
      const sharers = mount.Type === 'volume' ? others.filter((one) => mounts(one, mount.Name ?? '')) : [];
      for (const other of sharers) add(`the volume ${mount.Name} with ${handleOf(other).name}`, 'other-containers');
    }
    for (const name of Object.keys(container.NetworkSettings.Networks))
      if ((networks.get(name) ?? []).some((id) => !own.has(id)))
        add(`the network ${name} with a container that is not its own`, 'other-containers');
    for (const bindings of Object.values(container.NetworkSettings.Ports ?? {}))
      for (const { HostIp, HostPort } of (bindings as readonly Binding[] | null) ?? [])
        if (HostIp !== publishedOn) add(`port ${HostPort} on ${HostIp}, where others reach it`, 'remote-ports');
    return found;
  });
}

/** What the types of the client leave out. */
type HostConfig = Inspected['HostConfig'] & {
  readonly CapAdd?: readonly string[] | null;
  readonly SecurityOpt?: readonly string[] | null;
  readonly CgroupnsMode?: string;
};

interface Mount {
  readonly Type?: string;
  readonly Name?: string;
  readonly Source: string;
  readonly RW: boolean;
}

interface Binding {
  readonly HostIp: string;
  readonly HostPort: string;
}

function modesOf({ HostConfig }: Inspected): readonly (readonly [string, string])[] {
  const { NetworkMode, PidMode, IpcMode, UTSMode, UsernsMode } = HostConfig;
  return [
    ['network', NetworkMode ?? ''],
    ['process', PidMode ?? ''],
    ['IPC', IpcMode ?? ''],
    ['host name', UTSMode ?? ''],
    ['user', UsernsMode ?? ''],
  ];
}

function mounts({ Mounts }: Inspected, volume: string): boolean {
  return (Mounts as readonly Mount[]).some(({ Type, Name }) => Type === 'volume' && Name === volume);
}
