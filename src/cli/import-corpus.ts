import { SlopegateError, type Context } from '../model/index.js';
import { importTraffic, type FormatName, type ImportOptions } from '../corpus/index.js';
import { openCorpusFile } from './corpus-file.js';

/** Skipped entries told one by one; the rest is counted. */
const MOST_TOLD = 20;
const PROGRESS_SECONDS = { terminal: 0.2, plain: 10 };

export interface ImportSummary {
  readonly requests: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly bodies: number;
  /** Whether every request has a recorded time. */
  readonly timed: boolean;
  readonly skipped: number;
}

export type ImportSettings = Pick<
  ImportOptions,
  'paths' | 'label' | 'host' | 'strict' | 'exact' | 'logFormat' | 'redactionSalt'
> & { readonly format: FormatName; readonly output: string; readonly quiet: boolean };

/** Files → a corpus file, one request at a time; tells progress, notes and what was skipped on stderr. */
export async function importCorpus(
  { output, quiet, ...settings }: ImportSettings,
  { err, clock, signal }: Context,
): Promise<ImportSummary> {
  const labels: Record<string, number> = {};
  let [requests, bodies, untimed, skipped, shownAt] = [0, 0, 0, 0, clock.seconds()];
  const clear = err.isTerminal && !quiet ? '\r\u001B[2K' : '';
  const progress = (): void => {
    if (quiet || clock.seconds() - shownAt < (err.isTerminal ? PROGRESS_SECONDS.terminal : PROGRESS_SECONDS.plain))
      return;
    shownAt = clock.seconds();
    err.write(`${clear}${requests} requests${skipped > 0 ? `, ${skipped} skipped` : ''}${clear === '' ? '\n' : ''}`);
  };
  const goOn = (): void => {
    if (signal.aborted) throw new SlopegateError('INTERRUPTED', 'interrupted', { hint: 'no corpus was written' });
  };
  const found = importTraffic({
    ...settings,
    onSkipped: (location, message) => {
      goOn();
      skipped++;
      if (skipped <= MOST_TOLD) err.write(`${clear}skipped ${location}: ${message}\n`);
      else if (skipped === MOST_TOLD + 1)
        err.write(`${clear}skipped more entries, which are only counted from here on\n`);
    },
    onNote: (message) => err.write(`${clear}note ${message}\n`),
  });
  const corpus = await openCorpusFile(output);
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
    if (requests === 0)
      throw new SlopegateError(
        'TRAFFIC_INVALID',
        `${settings.paths.join(', ')}: no request found${skipped > 0 ? `, ${skipped} entries skipped` : ''}`,
        { hint: `is the format "${settings.format}" the right one?` },
      );
    await corpus.finish();
  } catch (error) {
    await corpus.discard();
    throw error;
  } finally {
    err.write(clear);
  }
  return { requests, labels, bodies, timed: untimed === 0, skipped };
}
