import type { DockerConnection } from '../docker/connect.js';
import type { DockerReport } from '../docker/inspect-docker.js';
import { remarksOf, type HostState } from '../run/preflight.js';

/** One thing that a run needs from its host, and its state. */
export interface Check {
  readonly name: string;
  /** `note`: a run works, with a limitation that is named. */
  readonly state: 'ok' | 'note' | 'missing';
  readonly detail: string;
  readonly hint: string | null;
}

export interface Health extends Pick<DockerConnection, 'host' | 'context' | 'local'> {
  readonly report: DockerReport;
  /** Bytes; null if the daemon's host cannot be asked. */
  readonly swap: number | null;
  readonly node: string;
  /** How busy and full the host is; absent if it could not be asked. */
  readonly state?: HostState;
  /** Whether the processes in the containers can be inspected. */
  readonly root?: boolean;
}

const GIB = 1024 ** 3;
/** API 1.41, Docker Engine 20.10: the oldest that is tested. */
const OLDEST_API_MINOR = 41;

/** What `slopegate doctor` says. It does no I/O, so every kind of host can be tested. */
export function checksOf(health: Health): readonly Check[] {
  const { report, host, context, local, swap, node } = health;
  const { daemon, compose } = report;
  const checks: Check[] = [ok('node', node)];
  if (daemon === null) {
    const problem = report.problems.find(({ code }) => code === 'DOCKER_UNREACHABLE');
    checks.push({
      name: 'docker',
      state: 'missing',
      detail: problem?.message ?? `no daemon answers at ${host}`,
      hint: problem?.hint ?? 'start Docker, or let scripts/ensure-docker.sh install it',
    });
  } else {
    checks.push(
      Number(daemon.api.split('.')[1]) >= OLDEST_API_MINOR
        ? ok(
            'docker',
            `Engine ${daemon.engine}, API ${daemon.api}, at ${host}${context === null ? '' : ` (context ${context})`}`,
          )
        : {
            name: 'docker',
            state: 'missing',
            detail: `Engine ${daemon.engine} speaks API ${daemon.api}`,
            hint: `API 1.${OLDEST_API_MINOR} (Engine 20.10) or later is needed`,
          },
    );
  }
  checks.push(
    compose === null
      ? {
          name: 'compose',
          state: 'missing',
          detail: 'Docker Compose v2 was not found',
          hint: 'install the Compose plugin; "docker compose version" must answer with 2 or later',
        }
      : ok('compose', compose),
  );
  if (daemon !== null && !local) checks.push(reachCheck(host));
  if (daemon !== null) checks.push(...hostChecks(daemon, local, swap), ...imageChecks(report.images));
  if (daemon?.product === 'Podman Engine') checks.push(PODMAN);
  if (daemon !== null && local && health.root === false) checks.push(NOT_ROOT);
  for (const { name, detail, hint } of health.state === undefined ? [] : remarksOf(health.state))
    checks.push(hint === null ? ok(name, detail) : note(name, detail, hint));
  return checks;
}

function hostChecks(
  daemon: NonNullable<DockerReport['daemon']>,
  local: boolean,
  swap: number | null,
): readonly Check[] {
  return [
    daemon.cgroupVersion === null || !local
      ? note(
          'memory',
          local ? 'the cgroup version is not known' : 'the daemon is not on this host',
          'memory is read through the Docker stats API: no descriptors or sockets, unless the scenario ' +
            'has "observe: { sidecar: true }"',
        )
      : ok(
          'memory',
          `cgroup v${daemon.cgroupVersion}, read from the kernel's ` +
            `files${daemon.cgroupVersion === 1 ? ' (kernel memory is not split by kind)' : ''}`,
        ),
    daemon.memoryLimits
      ? ok('limits', 'memory limits work')
      : note(
          'limits',
          'memory limits do not work here',
          'containers can use all memory of the host, and the limits of the two versions are not equal',
        ),
    daemon.cpus >= 2
      ? ok('cpus', String(daemon.cpus))
      : note('cpus', String(daemon.cpus), 'one core cannot run two stacks side by side; use "order: interleaved"'),
    daemon.memoryBytes >= 4 * GIB
      ? ok('memory size', gib(daemon.memoryBytes))
      : note('memory size', gib(daemon.memoryBytes), 'keep stack.limits.memory small, or use "order: interleaved"'),
    swap === null || swap === 0
      ? ok('swap', swap === null ? 'not known' : 'none')
      : note(
          'swap',
          gib(swap),
          'swapped memory counts as held, but swapping makes a version slow: set stack.limits.memory',
        ),
  ];
}

const PODMAN = note(
  'engine',
  'this is Podman, which answers like Docker',
  'runs work if the files of the kernel can be read; "observe.source: stats" does not work: it has no memory by kind',
);
const NOT_ROOT = note(
  'descriptors',
  'sockets cannot be counted without root',
  'run as root, or set "observe: { sidecar: true }", which counts them',
);

/** How traffic reaches containers on another machine. */
function reachCheck(host: string): Check {
  return host.startsWith('ssh:')
    ? ok('traffic', 'goes through the ssh connection')
    : note(
        'traffic',
        'needs ports that are open on an address of the daemon’s host',
        'allow them with stack.allow: [remote-ports] if only you reach that address, or use the daemon by ssh://',
      );
}

function imageChecks(images: DockerReport['images']): readonly Check[] {
  return Object.entries(images).map(([image, present]) =>
    present
      ? ok('base image', image)
      : note(
          'base image',
          `${image} is missing`,
          'it is pulled at the first use; without a registry, scripts/ensure-base-images.sh builds it',
        ),
  );
}

function ok(name: string, detail: string): Check {
  return { name, state: 'ok', detail, hint: null };
}

function note(name: string, detail: string, hint: string): Check {
  return { name, state: 'note', detail, hint };
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
