import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkSignature,
  differences,
  packBundle,
  unpackBundle,
  type BundleContents,
  type CheckedSignature,
  type Difference,
} from '../bundle/index.js';
import { EXPLANATION_FILE, REMEDY_FILE } from '../journal/index.js';
import { SlopegateError } from '../model/index.js';
import type { Result } from '../results/index.js';
import { judgedResult, renderFormat } from './judgement.js';
import { version } from './version.js';

/**
 * Judges a run directory and packs the recording, the result and the page into one file.
 * @param privateKey a private ed25519 key in PEM; null for no signature
 * @throws SlopegateError RUN_UNREADABLE, DISK, or USAGE for a key that cannot be used
 */
export async function bundleRun(directory: string, out: string, privateKey: string | null): Promise<Result> {
  const result = await judgedResult(directory);
  await packBundle(
    out,
    [
      { file: join(directory, 'manifest.json') },
      { file: join(directory, 'journal.ndjson') },
      ...(result.remedies === undefined ? [] : [{ file: join(directory, REMEDY_FILE) }]),
      ...(result.explanation === undefined ? [] : [{ file: join(directory, EXPLANATION_FILE) }]),
      { name: 'result.json', text: renderFormat(result, 'json') },
      { name: 'report.html', text: renderFormat(result, 'html') },
    ],
    { slopegate: version(), runId: result.manifest.runId, privateKey },
  );
  return result;
}

/** What `slopegate verify` found out about a bundle. */
export interface Verified {
  readonly contents: BundleContents;
  /** Null if the bundle is not signed. */
  readonly signature: CheckedSignature | null;
  /** The verdict as this version judges the recording in the bundle. */
  readonly result: Result;
  /** Values of the stored result that this version computes otherwise. */
  readonly differences: readonly Difference[];
}

/**
 * Checks every digest of a bundle and its signature, judges its recording again, and compares the result value by
 * value.
 * @param publicKey a public ed25519 key in PEM; null if any signer will do
 * @throws SlopegateError BUNDLE_INVALID, or RUN_UNREADABLE if the recording in it cannot be judged
 */
export async function verifyBundle(file: string, publicKey: string | null): Promise<Verified> {
  const folder = await mkdtemp(join(tmpdir(), 'slopegate-verify-'));
  try {
    const { contents, contentsText, signature } = await unpackBundle(file, folder);
    if (signature === null && publicKey !== null)
      throw new SlopegateError('BUNDLE_INVALID', 'The bundle is not signed.', {
        hint: 'Ask for a signed one (slopegate bundle RUN --sign KEY.pem), or leave out --public-key.',
      });
    const signed = signature === null ? null : checkSignature(contentsText, signature, publicKey);
    const result = await judgedResult(folder);
    if (contents.runId !== result.manifest.runId)
      throw notOfThisRun(`bundle.json names the run ${contents.runId}; the recording is of ${result.manifest.runId}.`);
    const stored = resultIn(await readFile(join(folder, 'result.json'), 'utf8').catch(() => ''));
    const computed = JSON.parse(renderFormat(result, 'json')) as Readonly<Record<string, unknown>>;
    const page = await readFile(join(folder, 'report.html'), 'utf8').catch(() => null);
    // Another version may draw another page. What this one draws must be there to the byte.
    if (contents.slopegate === version() && page !== renderFormat(result, 'html'))
      throw notOfThisRun('report.html is not the page of this recording.');
    // The version is reported separately: another version may compute the same.
    const same = { slopegate: result.slopegate };
    return {
      contents,
      signature: signed,
      result,
      differences: differences({ ...stored, ...same }, { ...computed, ...same }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const notOfThisRun = (message: string): SlopegateError =>
  new SlopegateError('BUNDLE_INVALID', message, { hint: 'It was changed before the bundle was made.' });

function resultIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null) return document as Readonly<Record<string, unknown>>;
  } catch {
    // Said below: an empty text, and one that is no JSON, are no result either.
  }
  throw notOfThisRun('result.json is missing, or it is no result.');
}
