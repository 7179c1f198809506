import { pack, type Header } from 'tar-stream';

/** A small file or a folder of an archive that is made here. */
export interface ArchiveEntry {
  /** Relative to the archive's root, without a leading slash. */
  readonly path: string;
  /** Null for a folder. */
  readonly content: Buffer | null;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** A tar archive of a few small files and folders. Names may have any length. */
export async function archiveOf(entries: readonly ArchiveEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { path, content, ...owner } of entries) {
    const header: Partial<Header> & Pick<Header, 'name'> = {
      ...owner,
      name: path,
      type: content === null ? 'directory' : 'file',
    };
    if (content === null) archive.entry(header);
    else archive.entry(header, content);
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
