import type Docker from 'dockerode';
import { handleOf, type Inspected } from '../../docker/containers.js';
import type { Copy } from '../../isolate/types.js';
import { SlopegateError } from '../../model/index.js';
import type { Move } from '../../subnets/index.js';
import { tellProgress } from './progress.js';
import { fileEntry, putEntries, putFile, putFolder } from './put.js';
import { copyVolumes, throughVolumes } from './through-volumes.js';

export interface Fill {
  readonly docker: Docker;
  readonly containers: readonly Inspected[];
  readonly copies: readonly Copy[];
  /** Volume key → its name on the daemon. */
  readonly volumes: Readonly<Record<string, string>>;
  readonly moves: readonly Move[];
  /** On containers that exist for a moment to reach a volume through. */
  readonly labels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** What stands at a host path takes on the disk; null if that is not known. */
  readonly sizeOf: (source: string) => number | null;
  readonly onLine: (line: string) => void;
}

/**
 * Puts the arm's own copies in place, while its containers exist and have not started. Files of the host are only read.
 */
export async function fill(job: Fill): Promise<void> {
  const { docker, containers, copies, volumes, labels } = job;
  const [first] = containers;
  if (first === undefined) return;
  for (const copy of copies.filter(({ kind }) => kind === 'into'))
    for (const container of containers.filter((candidate) => handleOf(candidate).service === copy.service))
      await explained(copy, () => putInto(job, container, copy));
  const own = (copy: Copy): string => volumes[copy.target] ?? '';
  const reach = { image: first.Image, labels };
  for (const copy of copies.filter(({ kind }) => kind === 'volume'))
    await explained(copy, async () => {
      using progress = tellProgress(`the volume ${copy.source}`, null, job.onLine);
      const sending = { signal: job.signal, onBytes: progress.moved };
      return copyVolumes(docker, reach, [{ from: copy.source, to: own(copy) }], sending);
    });
  const filled = copies.filter(({ kind }) => kind === 'file' || kind === 'folder');
  if (filled.length === 0) return;
  await throughVolumes(docker, { ...reach, volumes: filled.map(own) }, async (container, placeOf) => {
    for (const copy of filled)
      await explained(copy, async () => {
        using progress = tellProgress(copy.source, job.sizeOf(copy.source), job.onLine);
        const sending = { ...job, onBytes: progress.moved };
        return copy.kind === 'file'
          ? putFile(container, copy.source, placeOf(own(copy)), sending)
          : putFolder(container, copy, placeOf(own(copy)), sending);
      });
  });
}

/** From the container's root: the folders on the way need not exist. */
async function putInto(job: Fill, { Id: id }: Inspected, { source, target }: Copy): Promise<void> {
  const entry = await fileEntry(source, target.replace(/^\/+/, ''), job.moves);
  await putEntries(job.docker.getContainer(id), [entry], '/', job.signal);
}

async function explained<Result>(copy: Copy, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof SlopegateError) throw cause;
    throw new SlopegateError('START_FAILED', `${copy.source} could not be copied for ${copy.service}`, {
      because: cause,
      hint:
        copy.kind === 'volume'
          ? `Does the volume ${copy.source} exist? \`docker volume ls\` lists them.`
          : 'Can this user read it, and is there enough disk space for a copy for each arm?',
    });
  }
}
