import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { extract } from 'tar-stream';

/**
 * A file of an image; null if it has none at that path, or something else than a file. It is read from a container
 * that is created and never started, so nothing runs and nothing is disturbed.
 */
export async function readImageFile(
  docker: Docker,
  image: string,
  path: string,
  labels: Readonly<Record<string, string>>,
): Promise<Buffer | null> {
  const container = await docker.createContainer({
    Image: image,
    Cmd: ['-'],
    Labels: { ...labels },
    HostConfig: { NetworkMode: 'none' },
  });
  try {
    return await firstFileOf(await container.getArchive({ path }));
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return null;
    throw error;
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** The contents of an archive's first file. The rest is not waited for: its open connection would hold the process. */
async function firstFileOf(archive: NodeJS.ReadableStream): Promise<Buffer | null> {
  try {
    for await (const entry of archive.pipe(extract())) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      if (entry.header.type === 'file') return Buffer.concat(chunks);
    }
    return null;
  } finally {
    (archive as Readable).destroy();
  }
}
