import { readdirSync, readFileSync } from 'node:fs';
import type { NamedSample } from '../explain/index.js';
import type { DockerConnection } from '../docker/connect.js';
import { LENS_PAGES, readSamples } from '../lens/index.js';
import type { ContainerHandle } from '../model/index.js';
import { createNamer, type SymbolFiles } from '../symbols/index.js';

/** What the profiler holds of the containers of an arm, read once. */
export interface Sampled {
  readonly samples: readonly NamedSample[];
  /** Services with a process whose stacks can be read. */
  readonly services: readonly string[];
  readonly lost: number;
}

/** Returns a function that reads the profiler in the running containers of an arm. Each name is looked up once. */
export async function openSampler(
  { docker }: Pick<DockerConnection, 'docker'>,
  containers: readonly ContainerHandle[],
): Promise<() => Sampled> {
  const sources = await Promise.all(
    containers.map(async ({ id, service }) => {
      const { State } = await docker.getContainer(id).inspect();
      const files = filesBelow(`/proc/${State.Pid}/root`);
      return { service, files, namer: createNamer(files) };
    }),
  );
  return () => {
    const samples: NamedSample[] = [];
    const services = new Set<string>();
    let lost = 0;
    for (const { service, files, namer } of sources)
      for (const name of files.list(LENS_PAGES) ?? []) {
        const profile = readSamples(files.bytes(`${LENS_PAGES}/${name}`) ?? Buffer.alloc(0));
        if (profile === null || !profile.canUnwind) continue;
        // Memory of a process that has ended is no longer in use.
        for (const process of profile.processes.filter(({ pid }) => files.text(`/proc/${pid}/stat`) !== null)) {
          services.add(service);
          lost += process.lost;
          for (const { weight, stack } of process.samples) {
            const frames = stack.map((address) => {
              const frame = namer.frame(process.pid, address);
              return { ...frame, package: frame.file === null ? null : namer.packageOf(frame.file) };
            });
            samples.push({ service, weight, frames: frames.filter(({ name: known, file }) => known ?? file) });
          }
        }
      }
    return { samples, services: [...services], lost };
  };
}

/** The files of a container, by way of one of its processes. */
function filesBelow(root: string): SymbolFiles {
  const orNull = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch {
      return null;
    }
  };
  return {
    text: (path) => orNull(() => readFileSync(root + path, 'utf8')),
    bytes: (path) => orNull(() => readFileSync(root + path)),
    list: (path) => orNull(() => readdirSync(root + path)),
  };
}
