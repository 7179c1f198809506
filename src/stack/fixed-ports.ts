import { createHash } from 'node:crypto';
import type { ComposeModel, ComposeService } from '../compose/model.js';
import type { DockerConnection } from '../docker/connect.js';

/** Below the ports that Linux gives away by itself, so that only a program that asks for one of these has it. */
const [FIRST, COUNT] = [20_000, 12_768];

/** Ports of the daemon's host that are in use, as far as the daemon and the host's tables tell. */
export async function portsInUse({
  docker,
  readHostFile,
}: Pick<DockerConnection, 'docker' | 'readHostFile'>): Promise<ReadonlySet<number>> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readHostFile(path)));
  const published = (await docker.listContainers()).flatMap(({ Ports }) => Ports.map(({ PublicPort }) => PublicPort));
  return new Set([...published, ...tables.flatMap((table) => parsePorts(table ?? ''))]);
}

/** The local ports of /proc/net/tcp: `  0: 0100007F:1F90 00000000:0000 0A …` → 8080. */
export function parsePorts(table: string): number[] {
  return [...table.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) /gm)].map(([, hex]) => Number.parseInt(hex ?? '', 16));
}

/** The ports that a model publishes. */
export function portsOf({ services }: ComposeModel): number[] {
  return Object.values(services).flatMap(({ ports = [] }) => ports.map(({ published }) => Number(published)));
}

/**
 * The model with a number for each port that it publishes. Docker would choose one itself, but another at each start of
 * the container, and the load would lose a service that is started again. Pure.
 */
export function withFixedPorts(model: ComposeModel, taken: ReadonlySet<number>): ComposeModel {
  // Arms that start at the same moment begin at different places.
  const start =
    createHash('sha256')
      .update(model.name ?? '')
      .digest()
      .readUInt32BE() % COUNT;
  const free = Array.from({ length: COUNT }, (_, index) => FIRST + ((start + index) % COUNT)).filter(
    (port) => !taken.has(port),
  );
  let next = 0;
  const fixed = ({ ports, ...service }: ComposeService): ComposeService => ({
    ...service,
    ...(ports === undefined ? {} : { ports: ports.map((port) => ({ ...port, published: String(free[next++] ?? 0) })) }),
  });
  const services = Object.entries(model.services).map(([name, service]) => [name, fixed(service)] as const);
  return { ...model, services: Object.fromEntries(services) };
}
