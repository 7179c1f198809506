import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FormatName } from '../../src/corpus/formats.js';
import { importTraffic, type ImportOptions } from '../../src/corpus/import-traffic.js';
import type { CorpusRequest } from '../../src/traffic/index.js';

export interface Imported {
  readonly requests: readonly CorpusRequest[];
  /** `file:line message`, files relative to where they were written. */
  readonly skipped: readonly string[];
  /** What was reported about requests: how often each kind occurred. */
  readonly notes: Readonly<Record<string, number>>;
  /** Skipped entries by reason: how many. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Writes the files, imports their folder (or one of them), and takes it away again. */
export async function importing(
  format: FormatName,
  files: Readonly<Record<string, string | Buffer>>,
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), 'slopegate-import-'));
  const skipped: string[] = [];
  const notes: Record<string, number> = {};
  const reasons: Record<string, number> = {};
  const requests: CorpusRequest[] = [];
  const relative = (location: string): string => location.replace(`${folder}/`, '');
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
    }
    const paths = (options.paths ?? ['.']).map((path) => join(folder, path));
    const all: ImportOptions = {
      label: null,
      host: null,
      onlyHost: [],
      redactionSalt: null,
      strict: false,
      exact: false,
      logFormat: null,
      labelBy: [],
      levels: new Map(),
      except: [],
      logFields: new Map(),
      mask: [],
      keep: [],
      onMasked: () => {},
      from: null,
      to: null,
      onSkipped: ({ location, reason, message }) => {
        skipped.push(`${relative(location)} ${message}`);
        reasons[reason] = (reasons[reason] ?? 0) + 1;
      },
      onNote: ({ note }) => (notes[note] = (notes[note] ?? 0) + 1),
      ...options,
      format,
      paths,
    };
    for await (const request of importTraffic(all))
      requests.push({ ...request, source: request.source.replace(/^slopegate-import-[^/]*\//, '') });
  } finally {
    await rm(folder, { recursive: true });
  }
  return { requests, skipped, notes, reasons };
}

/** A request as one line of text, for comparing. */
export function summary({ label, method, target, headers, body, raw, behaviour, source, at }: CorpusRequest): string {
  const parts = [
    `[${label}] ${source} ${at ?? '-'} ${method} ${target}`,
    headers.map(([name, value]) => `${name}: ${value}`).join('; '),
  ];
  if (body !== null) parts.push(`body ${JSON.stringify(Buffer.from(body).toString('latin1'))}`);
  if (raw !== undefined) parts.push(`raw ${JSON.stringify(Buffer.from(raw).toString('latin1'))}`);
  if (behaviour !== undefined) parts.push(JSON.stringify(behaviour));
  return parts.join(' | ');
}
