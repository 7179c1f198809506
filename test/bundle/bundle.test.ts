import { generateKeyPairSync } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { differences, packBundle, unpackBundle } from '../../src/bundle/index.js';
import { SlopegateError } from '../../src/model/index.js';
import { slopegate } from '../cli/in-process.js';
import { recordedRun, temporaryFolder } from '../cli/runs.js';

const run = recordedRun();
const work = temporaryFolder();
afterAll(() => {
  run[Symbol.dispose]();
  work[Symbol.dispose]();
});
const at = (name: string): string => join(work.path, name);

const keys = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
writeFileSync(at('key.pem'), keys.privateKey);
writeFileSync(at('key.pub.pem'), keys.publicKey);

const made = await slopegate(['bundle', run.path, '-o', at('run.tar.gz')]);
await slopegate(['bundle', run.path, '-o', at('signed.tar.gz'), '--sign', at('key.pem')]);

const RUN_ID = (JSON.parse(readFileSync(join(run.path, 'manifest.json'), 'utf8')) as { runId: string }).runId;

/** The texts of the recorded run, as "slopegate bundle" packs them. */
async function textsOfRun(): Promise<Record<string, string>> {
  await slopegate(['analyze', run.path]);
  const files = ['manifest.json', 'journal.ndjson', 'report.html', 'result.json'];
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(run.path, name), 'utf8')]));
}

const without =
  (file: string) =>
  (texts: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).filter(([name]) => name !== file));

/** Packs texts, and gives the bytes of the archive. */
async function packed(
  name: string,
  texts: Readonly<Record<string, string>>,
  slopegateVersion = '0.1.0',
): Promise<Buffer> {
  const sources = Object.entries(texts).map(([file, text]) => ({ name: file, text }));
  await packBundle(at(name), sources, { slopegate: slopegateVersion, runId: RUN_ID, privateKey: null });
  return readFileSync(at(name));
}

/** What is said of these bytes; null if they are a sound bundle. */
async function fault(bytes: Buffer, mostBytes?: number): Promise<string | null> {
  using folder = temporaryFolder();
  const file = join(folder.path, 'x.tar.gz');
  writeFileSync(file, bytes);
  try {
    await unpackBundle(file, folder.path, mostBytes);
    return null;
  } catch (error) {
    if (error instanceof SlopegateError && error.code === 'BUNDLE_INVALID') return error.message;
    throw error;
  }
}

/** The same archive, with its tar changed by hand and packed again with the right header and checksums. */
function changedInside(bytes: Buffer, change: (tar: string) => string): Buffer {
  const again = gzipSync(Buffer.from(change(gunzipSync(bytes).toString('latin1')), 'latin1'), { level: 9 });
  again[9] = 255;
  return again;
}

describe('slopegate bundle', () => {
  test('says what it wrote, and changes nothing in the run', () => {
    expect(made).toMatchObject({ exit: 0, out: `${at('run.tar.gz')}: FAIL\n` });
  });

  test('gives the same bytes every time, also for a copy of the run in another folder', async () => {
    using copy = temporaryFolder();
    cpSync(run.path, join(copy.path, 'elsewhere'), { recursive: true });
    await slopegate(['bundle', join(copy.path, 'elsewhere'), '-o', at('again.tar.gz')]);
    expect(readFileSync(at('again.tar.gz')).equals(readFileSync(at('run.tar.gz')))).toBe(true);
  });

  test('a folder that is not a run, and a file that is not a key, are refused', async () => {
    expect(await slopegate(['bundle', work.path, '-o', at('no.tar.gz')])).toMatchObject({ exit: 2 });
    const { exit, err } = await slopegate(['bundle', run.path, '--sign', at('run.tar.gz'), '-o', at('no.tar.gz')]);
    expect(exit).toBe(2);
    expect(err).toMatch(/USAGE: The signing key cannot be read[^]*openssl genpkey/);
  });
});

describe('slopegate verify', () => {
  test('a folder, or a file that is not there, is refused with what to do', async () => {
    for (const [path, message] of [
      [work.path, /BUNDLE_INVALID: .* is not a file\.\n.*slopegate bundle/],
      [join(work.path, 'nowhere.tar.gz'), /BUNDLE_INVALID: .* cannot be read/],
    ] as const) {
      const { exit, err } = await slopegate(['verify', path]);
      expect(exit).toBe(2);
      expect(err).toMatch(message);
    }
  });

  test('checks the files and computes the verdict again', async () => {
    const { exit, out, err } = await slopegate(['verify', at('run.tar.gz')]);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toContain(
      '4 files as they were packed; the verdict FAIL was computed again and is the same in every value',
    );
    expect(out).toContain('It is not signed.');
  });

  test('--json has the digests and the outcome', async () => {
    const { out } = await slopegate(['verify', at('run.tar.gz'), '--json']);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'slopegate.bundle/1',
      outcome: 'fail',
      differences: [],
      signature: null,
    });
  });

  test('a result that its recording does not give is refused, with the value', async () => {
    const texts = await textsOfRun();
    const forged = { ...texts, 'result.json': texts['result.json']!.replace('"outcome": "fail"', '"outcome": "pass"') };
    await packed('forged.tar.gz', forged);
    const { exit, err } = await slopegate(['verify', at('forged.tar.gz')]);
    expect(exit).toBe(2);
    expect(err).toContain('"pass" in the bundle, "fail" computed');
    expect(err).toMatch(/BUNDLE_INVALID: The result in the bundle is not what its recording gives: 1 value/);
  });

  test('a bundle of another version that gives the same verdict is accepted, and the version is named', async () => {
    const texts = await textsOfRun();
    const changed = texts['result.json']!.replace('"replicates": 2', '"replicates": 3');
    await packed('newer.tar.gz', { ...texts, 'result.json': changed }, '99.0.0');
    const { exit, out, err } = await slopegate(['verify', at('newer.tar.gz')]);
    expect(exit).toBe(0);
    expect(out).toContain('Made with slopegate 99.0.0, checked with 0.1.0.');
    expect(err).toMatch(/warning slopegate 0\.1\.0 computes some values differently/);
  });

  test.each<[string, string, (texts: Record<string, string>) => Record<string, string>, RegExp]>([
    [
      'a page with another verdict',
      '0.1.0',
      (texts) => ({ ...texts, 'report.html': texts['report.html']!.replaceAll('FAIL', 'PASS') }),
      /report\.html is not the page of this recording/,
    ],
    ['no page', '0.1.0', without('report.html'), /report\.html is not the page/],
    ['no result', '0.1.0', without('result.json'), /result\.json is missing/],
    ['a result that is no object', '0.1.0', (texts) => ({ ...texts, 'result.json': '[]x' }), /result\.json is missing/],
    [
      'another version that names no services',
      '99.0.0',
      (texts) => ({ ...texts, 'result.json': texts['result.json']!.replace('"services"', '"service"') }),
      /The result in the bundle is not what its recording gives/,
    ],
    [
      'another version with another outcome of a service',
      '99.0.0',
      (texts) => ({
        ...texts,
        'result.json': texts['result.json']!.replaceAll('"outcome": "fail"', '"outcome": "pass"'),
      }),
      /The result in the bundle is not what its recording gives/,
    ],
    [
      'a result that is only a name',
      '99.0.0',
      (texts) => ({ ...texts, 'result.json': '{"slopegate": "99.0.0"}' }),
      /The result in the bundle is not what its recording gives/,
    ],
  ])('%s (of slopegate %s) is refused', async (_, slopegateVersion, change, message) => {
    await packed('bad.tar.gz', change(await textsOfRun()), slopegateVersion);
    const { exit, err } = await slopegate(['verify', at('bad.tar.gz')]);
    expect(exit).toBe(2);
    expect(err).toMatch(/error BUNDLE_INVALID: /);
    expect(err).toMatch(message);
  });

  test('a bundle that names another run than its recording is refused', async () => {
    const texts = await textsOfRun();
    const manifest = texts['manifest.json']!;
    const sources = Object.entries(texts).map(([name, text]) => ({ name, text }));
    expect(manifest).toContain(RUN_ID);
    await packBundle(at('renamed.tar.gz'), sources, { slopegate: '0.1.0', runId: 'another', privateKey: null });
    expect((await slopegate(['verify', at('renamed.tar.gz')])).err).toContain(
      `BUNDLE_INVALID: bundle.json names the run another; the recording is of ${RUN_ID}.`,
    );
  });
});

describe('a signature', () => {
  test('is checked with the reader’s key', async () => {
    const { exit, out } = await slopegate(['verify', at('signed.tar.gz'), '--public-key', at('key.pub.pem')]);
    expect(exit).toBe(0);
    expect(out).toContain('It is signed with your key.');
  });

  test('without a key to compare with, the fingerprint is printed', async () => {
    expect((await slopegate(['verify', at('signed.tar.gz')])).out).toMatch(
      /was not checked .*fingerprint [0-9a-f]{64}/,
    );
  });

  test('of somebody else, or none, is refused if a key is given', async () => {
    const { publicKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    writeFileSync(at('other.pub.pem'), publicKey);
    const other = await slopegate(['verify', at('signed.tar.gz'), '--public-key', at('other.pub.pem')]);
    expect(other.exit).toBe(2);
    expect(other.err).toContain('BUNDLE_INVALID: Somebody else signed the bundle');
    const unsigned = await slopegate(['verify', at('run.tar.gz'), '--public-key', at('key.pub.pem')]);
    expect(unsigned.err).toContain('BUNDLE_INVALID: The bundle is not signed.');
  });

  test('does not fit a bundle whose contents were changed', async () => {
    const bytes = readFileSync(at('signed.tar.gz'));
    const changed = changedInside(bytes, (tar) => tar.replace('"runId": "tiny', '"runId": "tany'));
    writeFileSync(at('changed.tar.gz'), changed);
    const { exit, err } = await slopegate(['verify', at('changed.tar.gz')]);
    expect(exit).toBe(2);
    expect(err).toContain('BUNDLE_INVALID: The signature does not fit the bundle.');
  });
});

describe('damage is found', () => {
  const texts = { 'manifest.json': '{"a": 1}\n'.repeat(20), 'result.json': '{"b": 2}\n'.repeat(20) };

  test('in every byte', async () => {
    const bytes = await packed('small.tar.gz', texts);
    expect(await fault(bytes)).toBeNull();
    const unnoticed: number[] = [];
    for (let place = 0; place < bytes.length; place += 1) {
      const flipped = Buffer.from(bytes);
      flipped[place] = flipped[place]! ^ 1;
      if ((await fault(flipped)) === null) unnoticed.push(place);
    }
    expect(unnoticed).toEqual([]);
  });

  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['cut off', (bytes) => bytes.subarray(0, -20), /damaged: the fault is/],
    ['something behind it', (bytes) => Buffer.concat([bytes, Buffer.from('x')]), /damaged: the fault is/],
    ['a zero behind it', (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]), /./],
    ['a second archive behind it', (bytes) => Buffer.concat([bytes, bytes]), /./],
    ['empty', () => Buffer.alloc(0), /first ten bytes/],
    [
      'another file',
      (bytes) => changedInside(bytes, (tar) => tar.replace('{"b": 2}', '{"b": 3}')),
      /result\.json is not the file/,
    ],
    [
      'a name outside',
      (bytes) => changedInside(bytes, (tar) => tar.replace('"result.json"', '"../esult.js"')),
      /bundle\.json/,
    ],
    [
      'a newer schema',
      (bytes) => changedInside(bytes, (tar) => tar.replace('bundle/1', 'bundle/2')),
      /schema slopegate\.bundle\/2; this version/,
    ],
  ])('%s', async (_, change, message) => {
    expect(await fault(change(await packed('small.tar.gz', texts)))).toMatch(message);
  });

  test('an archive that unpacks to far more than it has is refused', async () => {
    const bytes = await packed('bomb.tar.gz', { 'result.json': '0'.repeat(4 * 2 ** 20) });
    expect(await fault(bytes)).toBeNull();
    expect(await fault(bytes, 2 ** 20)).toMatch(/unpacks to more than \d+ bytes/);
  });
});

test('differences are named by their path', () => {
  expect(differences({ a: [1, { b: 2 }], c: 3 }, { a: [1, { b: 4 }, 5], c: 3 })).toEqual([
    { path: 'a[1].b', one: '2', other: '4' },
    { path: 'a[2]', one: undefined, other: '5' },
  ]);
});
