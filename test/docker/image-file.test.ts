import { PassThrough, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { readImageFile } from '../../src/docker/image-file.js';

/** A daemon whose one image answers every request for a file with this archive. */
function daemonWith(archive: Readable): Docker {
  const container = { getArchive: async () => archive, remove: async () => undefined };
  return { createContainer: async () => container } as unknown as Docker;
}

async function tarOf(entry: { readonly name: string; readonly type?: 'directory' }, text?: string): Promise<Buffer> {
  const tar = pack();
  tar.entry(entry, text ?? '');
  tar.finalize();
  return buffer(tar);
}

test('the first file is read, and a connection that the daemon keeps open is let go', async () => {
  const archive = new PassThrough();
  archive.write(await tarOf({ name: 'lens.so' }, 'the library'));
  expect(String(await readImageFile(daemonWith(archive), 'image', '/lens/lens.so', {}))).toBe('the library');
  expect(archive.destroyed).toBe(true);
});

test('an archive without a file gives null', async () => {
  const archive = new PassThrough();
  archive.end(await tarOf({ name: 'folder', type: 'directory' }));
  expect(await readImageFile(daemonWith(archive), 'image', '/folder', {})).toBeNull();
});
