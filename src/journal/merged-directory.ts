import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { SlopegateError, type Manifest } from '../model/index.js';
import { forEachLine } from './each-line.js';
import { JOURNAL_FILE } from './files.js';
import { appendFile } from './lines/append-file.js';
import { runJournal } from './lines/run-journal.js';
import { makeDirectory, runDirectoryOver } from './run-directory.js';
import { sealer, unseal } from './seal/seal.js';

/** Lines about a journal and not about what was measured: the new journal has its own. */
const OF_THE_JOURNAL = ['journal', 'manifest', 'resumed'];

/**
 * Makes `ROOT/RUNID` from the journals of several runs, one after the other. Each line is kept as it is, with a seal of
 * the new journal. The journals were read before and are whole.
 * @param sources folders of the runs; the first one gives the labels of the requests
 * @returns the new folder
 * @throws SlopegateError DISK, or MERGE_REFUSED for a journal of another version of slopegate
 */
export async function createMergedDirectory(
  root: string,
  manifest: Manifest,
  sources: readonly string[],
): Promise<string> {
  const header = await headerOf(sources);
  const directory = makeDirectory(root, manifest.runId);
  const file = appendFile(join(directory, JOURNAL_FILE), () => undefined);
  const seal = sealer();
  const journal = runJournal(file, seal);
  file.line(seal(JSON.stringify({ ...header, run: manifest.runId })));
  const run = runDirectoryOver({ directory, manifest, file, journal });
  run.writeManifest(manifest);
  for (const [place, source] of sources.entries()) await eachOf(source, place === 0, (text) => file.line(seal(text)));
  run.close(manifest.endedAt ?? manifest.startedAt);
  if (file.failure !== null) throw file.failure;
  return directory;
}

/** Calls back with the lines of a journal, without their seals. */
async function eachOf(source: string, withLabels: boolean, onLine: (text: string) => void): Promise<void> {
  let seed = 0;
  await forEachLine(join(source, JOURNAL_FILE), ({ bytes, from, to, number, ended }) => {
    const seal = ended ? unseal(bytes, from, to, seed) : null;
    if (seal === null) return;
    const text = `${bytes.toString('utf8', from, seal.end)}}`;
    if (number === 1) seed = seal.checksum;
    const kind = /^\{"k":"(\w+)"/.exec(text)?.[1] ?? '';
    if (!OF_THE_JOURNAL.includes(kind) && (withLabels || kind !== 'labels')) onLine(text);
  });
}

/** The first line of a journal, without its run. */
interface Header {
  readonly k: 'journal';
  readonly schema: string;
  /** Names of the metrics, in the order in which readings have them. */
  readonly metrics: readonly string[];
}

/** The first line that all journals have. @throws SlopegateError MERGE_REFUSED if they do not have the same */
async function headerOf(sources: readonly string[]): Promise<Header> {
  const headers = await Promise.all(sources.map(firstLine));
  const [first] = headers as [Header];
  const other = headers.findIndex((one) => JSON.stringify(one) !== JSON.stringify(first));
  if (other < 0) return first;
  throw new SlopegateError('MERGE_REFUSED', `${sources[other]} was recorded by another version of slopegate.`, {
    hint: 'Record all replicates with one version.',
  });
}

async function firstLine(source: string): Promise<Header> {
  await using file = await open(join(source, JOURNAL_FILE));
  for await (const line of file.readLines({ autoClose: false })) {
    const { k, schema, metrics } = JSON.parse(line) as Header;
    return { k, schema, metrics };
  }
  throw new SlopegateError('MERGE_REFUSED', `${source} has an empty journal.`, { hint: 'Record it again.' });
}
