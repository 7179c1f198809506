import type Docker from 'dockerode';

export interface VolumesToReach {
  /** Any image that is here: nothing of it runs. */
  readonly image: string;
  /** Names of volumes that exist, each once. */
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Where a volume stands in the container. */
export type PlaceOf = (volume: string) => string;

const PLACE = '/slopegate-volume';

/** Reads or fills volumes through one container that is created, mounts them all, and is never started. */
export async function throughVolumes(
  docker: Docker,
  { image, volumes, labels }: VolumesToReach,
  use: (container: Docker.Container, placeOf: PlaceOf) => Promise<void>,
): Promise<void> {
  // Naming a volume that is not there would create it.
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
    // `v` takes anonymous volumes of the image along; the named ones stay.
    await container.remove({ force: true, v: true });
  }
}

/** Copies everything from one volume to another. */
export async function copyVolume(container: Docker.Container, from: string, to: string): Promise<void> {
  await container.putArchive(await container.getArchive({ path: `${from}/.` }), { path: to });
}
