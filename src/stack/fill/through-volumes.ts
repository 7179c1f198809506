import { dirname } from 'node:path';
import type Docker from 'dockerode';
import { watchTransfer } from './watch-transfer.js';

export interface VolumesToReach {
  /** Any image that exists here. Nothing in it runs. */
  readonly image: string;
  /** Names of volumes that exist, each once. */
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Where a volume stands in the container. */
export type PlaceOf = (volume: string) => string;

const PLACE = '/slopegate-volume';

/** Reads or fills volumes through one container that is created, mounts all of them, and is never started. */
export async function throughVolumes(
  docker: Docker,
  { image, volumes, labels }: VolumesToReach,
  use: (container: Docker.Container, placeOf: PlaceOf) => Promise<void>,
): Promise<void> {
  // Mounting a volume that does not exist would create it.
  for (const volume of volumes) await docker.getVolume(volume).inspect();
  const placeOf: PlaceOf = (volume) => `${PLACE}/${volumes.indexOf(volume)}`;
  const container = await docker.createContainer({
    Image: image,
    Cmd: ['-'],
    Labels: { ...labels },
    HostConfig: { NetworkMode: 'none', Binds: volumes.map((volume) => `${volume}:${placeOf(volume)}:nocopy`) },
  });
  try {
    await use(container, placeOf);
  } finally {
    // `v` removes anonymous volumes of the image. The named volumes stay.
    await container.remove({ force: true, v: true });
  }
}

/** What a transfer heeds and tells. */
export interface Sending {
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

export interface VolumePair {
  readonly from: string;
  readonly to: string;
}

/**
 * Copies everything from each volume to its partner. This takes two containers, because the daemon does not accept an
 * archive into a container while it sends one from it. The volumes have the same name in both, and are sent as a whole:
 * of a folder's content alone, the daemon would not set the owner and the mode of the folder.
 */
export async function copyVolumes(
  docker: Docker,
  reach: Pick<VolumesToReach, 'image' | 'labels'>,
  pairs: readonly VolumePair[],
  { signal, onBytes }: Sending,
): Promise<void> {
  for (const { from, to } of pairs)
    await throughVolumes(docker, { ...reach, volumes: [from] }, (out, sourceOf) =>
      throughVolumes(docker, { ...reach, volumes: [to] }, async (into, targetOf) => {
        using transfer = watchTransfer(`the volume ${from}`, signal);
        const abortSignal = transfer.signal;
        const archive = await out.getArchive({ path: sourceOf(from), abortSignal });
        archive.on('data', (chunk: Buffer) => {
          transfer.moved();
          onBytes(chunk.length);
        });
        await into.putArchive(archive, { path: dirname(targetOf(to)), abortSignal });
      }),
    );
}
