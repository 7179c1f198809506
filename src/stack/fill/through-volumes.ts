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
 * archive into a container while it sends one from it.
 */
export async function copyVolumes(
  docker: Docker,
  reach: Pick<VolumesToReach, 'image' | 'labels'>,
  pairs: readonly VolumePair[],
  { signal, onBytes }: Sending,
): Promise<void> {
  if (pairs.length === 0) return;
  const sources = [...new Set(pairs.map(({ from }) => from))];
  const targets = pairs.map(({ to }) => to);
  await throughVolumes(docker, { ...reach, volumes: sources }, (out, sourceOf) =>
    throughVolumes(docker, { ...reach, volumes: targets }, async (into, targetOf) => {
      for (const { from, to } of pairs) {
        using transfer = watchTransfer(`the volume ${from}`, signal);
        const abortSignal = transfer.signal;
        const archive = await out.getArchive({ path: `${sourceOf(from)}/.`, abortSignal });
        archive.on('data', (chunk: Buffer) => {
          transfer.moved();
          onBytes(chunk.length);
        });
        await into.putArchive(archive, { path: targetOf(to), abortSignal });
      }
    }),
  );
}
