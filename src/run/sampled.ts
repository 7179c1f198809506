import { readdirSync, readFileSync } from 'node:fs';
import type { NamedSample, Sight } from '../explain/index.js';
import type { DockerConnection } from '../docker/connect.js';
import { LENS_PAGES, readProfile, readSamples, type Sample } from '../lens/index.js';
import type { ContainerHandle, Context, ExplainedFrame, SampledHeap } from '../model/index.js';
import { askNodeIn, hostFiles, type AskNode } from '../observe/index.js';
import { createNamer, type SymbolFiles } from '../symbols/index.js';

/** What the profiler and the hook for Node.js hold of the containers of an arm, read once. */
export interface Sampled extends Sight {
  readonly samples: readonly NamedSample[];
  readonly lost: number;
}

/** One container that is read. */
interface Source {
  /** Its id. */
  readonly container: string;
  readonly service: string;
  readonly files: SymbolFiles;
  readonly namer: ReturnType<typeof createNamer>;
  readonly askNode: AskNode;
}

/**
 * Returns a function that reads the profiler in the running containers of an arm. Its answer names what was read: this
 * takes seconds for a large program, in which nothing else could be sent. Each name is looked up once.
 */
export async function openSampler(
  { docker }: Pick<DockerConnection, 'docker'>,
  containers: readonly ContainerHandle[],
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): Promise<() => Promise<() => Sampled>> {
  const sources = await Promise.all(
    containers.map(async ({ id, service }): Promise<Source> => {
      const { State } = await docker.getContainer(id).inspect();
      const files = filesBelow(`/proc/${State.Pid}/root`);
      const askNode = askNodeIn({ files: hostFiles, pid: State.Pid, clock, signal });
      return { container: id, service, files, namer: createNamer(files), askNode };
    }),
  );
  return async () => {
    // Node.js collects its garbage first, because its objects hold memory of malloc.
    const objects = await Promise.all(sources.map(sampledObjects));
    const read = [...objects, ...sources.map(sampledBlocks)];
    return () => together(read.map((name) => name()));
  };
}

function together(all: readonly Sampled[]): Sampled {
  return {
    samples: all.flatMap(({ samples }) => samples),
    seen: all.flatMap(({ seen }) => seen),
    missed: all.flatMap(({ missed }) => missed),
    lost: all.reduce((sum, { lost }) => sum + lost, 0),
  };
}

/** Objects of JavaScript that are still in use. A container without Node.js has nothing to be seen. */
async function sampledObjects({ container, service, namer, askNode }: Source): Promise<() => Sampled> {
  const { answers, any, whole } = await askNode(readProfile);
  const heap: SampledHeap = { service, heap: 'javascript' };
  const packageOf = (file: string | null, node: string): string | null => {
    if (file?.startsWith('node:') === true) return `node ${node}`;
    return file?.startsWith('/') === true ? namer.npmPackageOf(file) : null;
  };
  return () => ({
    samples: answers.flatMap(({ thread, answer: { node, samples } }) =>
      samples.map(({ ordinal, weight, frames }) => ({
        ...heap,
        id: `${container} ${thread.question} ${ordinal}`,
        weight,
        frames: frames.map((frame): ExplainedFrame => ({ ...frame, package: packageOf(frame.file, node) })),
      })),
    ),
    seen: any && whole ? [heap] : [],
    missed: whole ? [] : [heap],
    lost: 0,
  });
}

/** Blocks of malloc that are still in use. */
function sampledBlocks({ container, service, files, namer }: Source): () => Sampled {
  const heap: SampledHeap = { service, heap: 'malloc' };
  const profiles = (files.list(LENS_PAGES) ?? []).map((name) =>
    readSamples(files.bytes(`${LENS_PAGES}/${name}`) ?? Buffer.alloc(0)),
  );
  const processes = profiles
    .flatMap((profile) => (profile?.canUnwind === true ? profile.processes : []))
    // Memory of a process that has ended is no longer in use.
    .filter(({ pid }) => files.text(`/proc/${pid}/stat`) !== null);
  const nameOne = (pid: number, { block, weight, stack }: Sample): NamedSample | null => {
    const frames = stack.map((address) => {
      const frame = namer.frame(pid, address);
      return { ...frame, package: frame.file === null ? null : namer.packageOf(frame.file) };
    });
    if (frames.some(({ name }) => isOfSampler(name))) return null;
    const id = `${container} ${pid} ${block} ${stack.join(' ')}`;
    return { ...heap, id, weight, frames: frames.filter(({ name: known, file }) => known ?? file) };
  };
  const [seen, missed] = processes.length > 0 ? [[heap], []] : [[], [heap]];
  return () => ({
    samples: processes.flatMap(({ pid, samples }) => samples.flatMap((sample) => nameOne(pid, sample) ?? [])),
    seen,
    missed,
    lost: processes.reduce((sum, { lost }) => sum + lost, 0),
  });
}

/** What V8 needs to sample objects is not the memory of the service. */
function isOfSampler(name: string | null): boolean {
  return name?.startsWith('v8::internal::SamplingHeapProfiler::') ?? false;
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
