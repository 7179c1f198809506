import type Docker from 'dockerode';
import { readImageFile } from './image-file.js';

const VERSIONS_FILE = '/etc/slopegate/versions.json';
const DECLARED = {
  version: 'org.opencontainers.image.version',
  revision: 'org.opencontainers.image.revision',
} as const;

/**
 * Versions in an image: its standard labels, and package → version from /etc/slopegate/versions.json.
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
  const file = await readImageFile(docker, image, VERSIONS_FILE, labels);
  return file === null ? declared : { ...declared, ...parseVersions(file.toString('utf8')) };
}

function parseVersions(text: string): Record<string, string> {
  try {
    const entries = Object.entries(JSON.parse(text) as object).filter(([, value]) => typeof value === 'string');
    return Object.fromEntries(entries);
  } catch {
    return {}; // Somebody else's file by the same name.
  }
}
