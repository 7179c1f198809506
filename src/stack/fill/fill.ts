import type Docker from 'dockerode';
import { handleOf, type Inspected } from '../../docker/containers.js';
import type { Copy } from '../../isolate/types.js';
import { SlopegateError } from '../../model/index.js';
import type { Move } from '../../subnets/index.js';
import { archiveOf } from './archive.js';
import { fileEntry, putFile, putFolder } from './put.js';
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
    await explained(copy, () => copyVolumes(docker, reach, [{ from: copy.source, to: own(copy) }]));
  const filled = copies.filter(({ kind }) => kind === 'file' || kind === 'folder');
  if (filled.length === 0) return;
  await throughVolumes(docker, { ...reach, volumes: filled.map(own) }, async (container, placeOf) => {
    for (const copy of filled)
      await explained(copy, () =>
        copy.kind === 'file'
          ? putFile(container, copy.source, placeOf(own(copy)), job)
          : putFolder(container, copy, placeOf(own(copy)), job),
      );
  });
}

/** From the container's root: the folders on the way need not exist. */
async function putInto({ docker, moves }: Fill, { Id: id }: Inspected, { source, target }: Copy): Promise<void> {
  const entry = await fileEntry(source, target.replace(/^\/+/, ''), moves);
  await docker.getContainer(id).putArchive(await archiveOf([entry]), { path: '/' });
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
