import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { connectDocker } from '../../src/docker/connect.js';
import { openImagePair } from '../../src/docker/image-pair.js';
import { readImageFile } from '../../src/docker/image-file.js';
import { removeImage, removeLabelled } from '../../src/docker/remove.js';

const daemon = await connectDocker(process.env);
const { docker } = daemon;
const runId = `image-pair-${process.pid}`;
const LABELS = { 'io.slopegate': '1', 'io.slopegate.run': runId };
const made: string[] = [];

type Files = Readonly<Record<string, string | { readonly link: string } | { readonly hard: string }>>;

/** An image of a few files. Nothing in it can run. */
async function imageOf(files: Files, change: string): Promise<string> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('/')) archive.entry({ name, type: 'directory', mode: 0o750 });
    else if (typeof content === 'string') archive.entry({ name, mode: 0o640, uid: 7 }, content);
    else if ('link' in content) archive.entry({ name, type: 'symlink', linkname: content.link });
    else archive.entry({ name, type: 'link', linkname: content.hard, mode: 0o640, uid: 7 });
  }
  archive.finalize();
  const answer = await docker.importImage(archive as unknown as NodeJS.ReadableStream, { changes: change });
  const lines: string[] = [];
  for await (const chunk of answer as Readable) lines.push(String(chunk));
  const id = /sha256:[0-9a-f]{64}/.exec(lines.join(''))?.[0] ?? '';
  made.push(id);
  return id;
}

const BASELINE: Files = {
  'lib/': '',
  'lib/libwaf.so': { link: 'libwaf.so.1' },
  'lib/libwaf.so.1': 'waf of the baseline',
  'lib/also': { hard: 'lib/libwaf.so.1' },
  'new/': '',
  'new/deep/': '',
  'new/deep/file': 'only in the baseline',
  'etc/waf.conf': 'old',
};
const CANDIDATE: Files = {
  'lib/': '',
  'lib/libwaf.so': { link: 'libwaf.so.2' },
  'lib/libwaf.so.2': 'waf of the candidate',
  'lib/also': 'another file',
  'etc/waf.conf': 'new',
};

let images: Readonly<Record<'baseline' | 'candidate', string>>;
beforeAll(async () => {
  images = { baseline: await imageOf(BASELINE, 'CMD ["/old"]'), candidate: await imageOf(CANDIDATE, 'ENV KEPT=yes') };
});
afterAll(async () => {
  for (const id of made) await docker.getImage(id).remove({ force: true });
  const { containers, images: mixed } = await removeLabelled(docker, { runId });
  await daemon[Symbol.asyncDispose]();
  if (containers.length + mixed.length > 0) throw new Error(`Left behind: ${[...containers, ...mixed].join(', ')}`);
});

const open = () =>
  openImagePair({
    baseline: { docker, id: images.baseline },
    candidate: { docker, id: images.candidate },
    labels: LABELS,
    isRead: (path) => path === 'etc/waf.conf',
    signal: new AbortController().signal,
  });
const textIn = async (id: string, path: string): Promise<string | null> =>
  (await readImageFile(docker, id, path, LABELS))?.toString() ?? null;

test('both images are read: files, links, folders, owners and the texts that were asked for', async () => {
  await using pair = await open();
  expect([...pair.baseline.texts]).toEqual([['etc/waf.conf', 'old']]);
  const { tree } = pair.baseline;
  expect(tree.get('lib/libwaf.so')).toMatchObject({ kind: 'link', content: 'libwaf.so.1' });
  expect(tree.get('lib/libwaf.so.1')).toMatchObject({ kind: 'file', mode: 0o640, uid: 7 });
  expect(tree.get('lib/also')).toEqual(tree.get('lib/libwaf.so.1'));
  expect(tree.get('new/deep')).toMatchObject({ kind: 'folder', mode: 0o750 });
  expect(pair.candidate.tree.has('new/deep/file')).toBe(false);
});

test('a mixture has the files of the baseline that were chosen, and all others of the candidate', async () => {
  await using pair = await open();
  const id = await pair.mix(['lib/libwaf.so', 'lib/libwaf.so.1', 'lib/libwaf.so.2', 'new/deep/file']);
  try {
    expect(await textIn(id, '/lib/libwaf.so.1')).toBe('waf of the baseline');
    expect(await textIn(id, '/new/deep/file')).toBe('only in the baseline');
    expect(await textIn(id, '/etc/waf.conf')).toBe('new');
    expect(await textIn(id, '/lib/also')).toBe('another file');
    // What only the candidate has is left empty.
    expect(await textIn(id, '/lib/libwaf.so.2')).toBe('');
    const { Config } = await docker.getImage(id).inspect();
    expect(Config.Env).toContain('KEPT=yes');
    expect(Config.Labels).toMatchObject(LABELS);
  } finally {
    await removeImage(docker, id);
  }
});

test('a hard link of the baseline is exchanged without its other name', async () => {
  await using pair = await open();
  const id = await pair.mix(['lib/also']);
  try {
    expect(await textIn(id, '/lib/also')).toBe('waf of the baseline');
    expect(await textIn(id, '/lib/libwaf.so.2')).toBe('waf of the candidate');
    expect(await textIn(id, '/lib/libwaf.so.1')).toBeNull();
  } finally {
    await removeImage(docker, id);
  }
});

test('a mixed image that was left behind is removed by its label', async () => {
  const id = await (async () => {
    await using pair = await open();
    return await pair.mix(['etc/waf.conf']);
  })();
  expect((await removeLabelled(docker, { runId })).images).toEqual([id]);
  await expect(docker.getImage(id).inspect()).rejects.toMatchObject({ statusCode: 404 });
});
