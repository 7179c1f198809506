import type Docker from 'dockerode';
import { extract } from 'tar-stream';

const VERSIONS_FILE = '/etc/slopegate/versions.json';
const DECLARED = {
  version: 'org.opencontainers.image.version',
  revision: 'org.opencontainers.image.revision',
} as const;

/**
 * Versions in an image: its standard labels, and package → version from /etc/slopegate/versions.json. The file is
 * read from a container that is created and never started, so nothing runs and nothing is disturbed.
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
    return { ...declared, ...parseVersions(await firstFileOf(archive)) };
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return declared;
    throw error;
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** The content of the first file in an archive. */
async function firstFileOf(archive: NodeJS.ReadableStream): Promise<string> {
  const entries = archive.pipe(extract());
  for await (const entry of entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.type === 'file') return Buffer.concat(chunks).toString('utf8');
  }
  return '';
}

function parseVersions(text: string): Record<string, string> {
  try {
    const entries = Object.entries(JSON.parse(text) as object).filter(([, value]) => typeof value === 'string');
    return Object.fromEntries(entries);
  } catch {
    return {}; // Somebody else's file by the same name.
  }
}
