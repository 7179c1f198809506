import type Docker from 'dockerode';

const VERSIONS_FILE = '/etc/slopegate/versions.json';
const DECLARED = {
  version: 'org.opencontainers.image.version',
  revision: 'org.opencontainers.image.revision',
} as const;

/**
 * Versions an image declares: its standard labels, and package → version from /etc/slopegate/versions.json.
 * The file is read from a container that is created and never started, so nothing runs and nothing is disturbed.
 */
export async function readVersions(
  docker: Docker,
  image: string,
  labels: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const declared: Record<string, string> = {};
  const { Config } = await docker.getImage(image).inspect();
  for (const [name, label] of Object.entries(DECLARED)) {
    const value = Config.Labels?.[label];
    if (value) declared[name] = value;
  }
  const container = await docker.createContainer({
    Image: image,
    Cmd: ['-'],
    Labels: { ...labels },
    HostConfig: { NetworkMode: 'none' },
  });
  try {
    const archive = await container.getArchive({ path: VERSIONS_FILE });
    return { ...declared, ...parseVersions(onlyFileOf(await drain(archive))) };
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return declared;
    throw error;
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** The contents of a tar archive's only file: a header of 512 bytes, its size in octal at byte 124. */
function onlyFileOf(archive: Buffer): string {
  const size = Number.parseInt(archive.toString('latin1', 124, 136), 8);
  return archive.toString('utf8', 512, 512 + size);
}

function parseVersions(text: string): Record<string, string> {
  try {
    const entries = Object.entries(JSON.parse(text) as object).filter(([, value]) => typeof value === 'string');
    return Object.fromEntries(entries);
  } catch {
    return {}; // Somebody else's file by the same name.
  }
}

async function drain(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
