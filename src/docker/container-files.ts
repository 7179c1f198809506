import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { extract, type Header } from 'tar-stream';

/** An image on a daemon, by its content id. */
export interface ImageAt {
  readonly docker: Docker;
  readonly id: string;
}

/** A container that is never started. It has the configuration of its image, and so have images made from it. */
export async function createUnstarted(
  { docker, id }: ImageAt,
  labels: Readonly<Record<string, string>>,
): Promise<Docker.Container> {
  const { Config } = await docker.getImage(id).inspect();
  const hasCommand = [Config.Cmd, Config.Entrypoint].some(
    (words) => words !== null && words !== undefined && words.length > 0,
  );
  return docker.createContainer({
    Image: id,
    ...(hasCommand ? {} : { Cmd: ['-'] }),
    Labels: { ...labels },
    HostConfig: { NetworkMode: 'none' },
  });
}

type OnEntry = (path: string, header: Header, read: () => Promise<Buffer>) => Promise<void>;

/** Calls back with each entry of a container's file system, one after the other. */
export async function eachEntry(container: Docker.Container, signal: AbortSignal, onEntry: OnEntry): Promise<void> {
  const archive = (await container.export()) as Readable;
  try {
    for await (const entry of archive.pipe(extract())) {
      signal.throwIfAborted();
      const chunks: Buffer[] = [];
      await onEntry(pathOf(entry.header.name), entry.header, async () => {
        for await (const chunk of entry) chunks.push(chunk as Buffer);
        return Buffer.concat(chunks);
      });
      entry.resume();
    }
  } finally {
    archive.destroy();
  }
}

/** Without a slash at either end. */
export const pathOf = (name: string): string => name.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
