import type Docker from 'dockerode';

export interface VolumeToReach {
  /** Any image that is here: nothing of it runs. */
  readonly image: string;
  /** Name of a volume that exists. */
  readonly volume: string;
  readonly labels: Readonly<Record<string, string>>;
}

const PLACE = '/slopegate-volume';

/** Reads or fills a volume through a container that is created, mounts it, and is never started. */
export async function throughVolume(
  docker: Docker,
  { image, volume, labels }: VolumeToReach,
  use: (container: Docker.Container, place: string) => Promise<void>,
): Promise<void> {
  await docker.getVolume(volume).inspect(); // Naming a volume that is not there would create it.
  const container = await docker.createContainer({
    Image: image,
    Cmd: ['-'],
    Labels: { ...labels },
    HostConfig: { NetworkMode: 'none', Binds: [`${volume}:${PLACE}:nocopy`] },
  });
  try {
    await use(container, PLACE);
  } finally {
    // `v` takes anonymous volumes of the image along; the named one stays.
    await container.remove({ force: true, v: true });
  }
}
