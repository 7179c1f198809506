import { readFile, stat } from 'node:fs/promises';
import { SlopegateError, type BodyTemplate, type TrafficSettings } from '../model/index.js';

/** A body is kept in memory and sent many times. */
const LARGEST_FILE = 64 * 2 ** 20;

/** The files that bodies are made of, by their paths. @throws SlopegateError TRAFFIC_INVALID with the file */
export async function readBodyFiles({
  mix,
  journeys = [],
}: Pick<TrafficSettings, 'mix' | 'journeys'>): Promise<ReadonlyMap<string, Uint8Array>> {
  const bodies = [...mix, ...journeys.flatMap(({ steps }) => steps)].map(({ body }) => body);
  const files = [...new Set(bodies.flatMap(filesOf))];
  return new Map(await Promise.all(files.map(async (file) => [file, await read(file)] as const)));
}

function filesOf(body: BodyTemplate | null): string[] {
  if (body?.kind === 'file') return [body.file];
  return body?.kind === 'multipart' ? body.parts.flatMap(({ file }) => file ?? []) : [];
}

async function read(file: string): Promise<Uint8Array> {
  const hint = 'a file of a body is relative to the scenario; it is read when the run begins';
  const found = await stat(file).catch((cause: unknown) => {
    throw new SlopegateError('TRAFFIC_INVALID', `cannot read ${file}`, { cause, location: file, hint });
  });
  if (!found.isFile() || found.size > LARGEST_FILE)
    throw new SlopegateError('TRAFFIC_INVALID', `${file} is ${found.isFile() ? 'larger than 64 MiB' : 'no file'}`, {
      location: file,
      hint,
    });
  return readFile(file);
}
