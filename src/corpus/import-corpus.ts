import { SlopegateError, type Context } from '../model/index.js';
import { openCorpusFile } from './corpus-file.js';
import { importTraffic, type ImportOptions, type Skipped } from './import-traffic.js';
import { recognised } from './recognise.js';
import { Tally, type TallyResult } from './tally.js';
import { openTextFile } from './text-file.js';

/** Entries that are shown for each reason. The rest are counted. */
const MOST_TOLD = 5;
const PROGRESS_SECONDS = { terminal: 0.2, plain: 10 };

export interface ImportSummary extends TallyResult {
  readonly requests: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly bodies: number;
  /** Whether every request has a recorded time. */
  readonly timed: boolean;
}

export type ImportSettings = Omit<ImportOptions, 'except' | 'onSkipped' | 'onNote' | 'onMasked'> & {
  readonly output: string;
  /** Where every skipped entry is listed; null for nowhere. */
  readonly skipped: string | null;
  readonly quiet: boolean;
};

/** Files → a corpus file, one request at a time; tells progress and what was skipped on stderr. */
export async function importCorpus(
  { output, skipped: skippedPath, quiet, ...settings }: ImportSettings,
  { err, clock, signal }: Context,
): Promise<ImportSummary> {
  const labels: Record<string, number> = {};
  const tally = new Tally();
  let [requests, bodies, untimed, skips, shownAt] = [0, 0, 0, 0, clock.seconds()];
  const clear = err.isTerminal && !quiet ? '\r\u001B[2K' : '';
  const progress = (): void => {
    if (quiet || clock.seconds() - shownAt < (err.isTerminal ? PROGRESS_SECONDS.terminal : PROGRESS_SECONDS.plain))
      return;
    shownAt = clock.seconds();
    err.write(`${clear}${requests} requests${skips > 0 ? `, ${skips} skipped` : ''}${clear === '' ? '\n' : ''}`);
  };
  const goOn = (): void => {
    if (signal.aborted) throw new SlopegateError('INTERRUPTED', 'interrupted', { hint: 'no corpus was written' });
  };
  const list = await openList(skippedPath);
  const corpus = await openCorpusFile(output);
  const found = importTraffic({
    ...settings,
    except: [...corpus.files, ...(skippedPath === null ? [] : [skippedPath])],
    onSkipped: (skipped) => {
      goOn();
      skips++;
      list.add(skipped);
      const times = tally.skip(skipped);
      if (times <= MOST_TOLD) err.write(`${clear}skipped ${skipped.location}: ${skipped.message}\n`);
    },
    onNote: (note) => tally.note(note),
    onMasked: (name) => tally.mask(name),
  });
  try {
    for await (const request of found) {
      goOn();
      await corpus.add(request);
      requests++;
      labels[request.label] = (labels[request.label] ?? 0) + 1;
      if (request.body !== null) bodies++;
      if (request.at === null) untimed++;
      progress();
    }
    if (requests === 0) throw await nothingFound(settings, skips, tally.result());
    await corpus.finish();
  } catch (error) {
    await corpus.discard();
    throw error;
  } finally {
    err.write(clear);
    await list.finish();
  }
  return { requests, labels, bodies, timed: untimed === 0, ...tally.result() };
}

/** Writes every skipped entry as a line of JSON: its place, the reason and a sentence. */
async function openList(path: string | null): Promise<{ add(skipped: Skipped): void; finish(): Promise<void> }> {
  if (path === null) return { add: () => {}, finish: async () => {} };
  const file = await openTextFile(path, path, 'choose another file for --skipped, or free some disk space');
  let written = Promise.resolve();
  return {
    add: (skipped) => {
      written = written.then(() => file.write(`${JSON.stringify(skipped)}\n`));
      written.catch(() => {});
    },
    async finish() {
      await written;
      await file.finish();
    },
  };
}

/** What to do if nothing was found: another format if the files look like one, otherwise what the reasons suggest. */
async function nothingFound(
  { paths, format }: Pick<ImportSettings, 'paths' | 'format'>,
  skips: number,
  { skipped, notes }: TallyResult,
): Promise<SlopegateError> {
  // A pipe was read to its end.
  const looks = paths.includes('/dev/stdin') ? null : await recognised(paths);
  const outside = notes.find(({ kind }) => kind === 'outside-time');
  const elsewhere = notes.some(({ kind }) => kind === 'other-host');
  const told = skipped.map(({ count, meaning }) => `${count}: ${meaning}`).join('; ');
  const other = looks === null || looks === format ? null : `this looks like "${looks}": slopegate import ${looks} …`;
  const timed = outside === undefined ? null : 'every request came before --from or after --to';
  const entries = skips === 1 ? '1 entry' : `${skips} entries`;
  const left = skips > 0 ? `, ${entries} skipped (${told})` : '';
  const hosts = elsewhere ? 'every request went to another host than --only-host names' : null;
  return new SlopegateError('TRAFFIC_INVALID', `${paths.join(', ')}: no request found${left}`, {
    hint: other ?? timed ?? hosts ?? `is the format "${format}" the right one?`,
  });
}
