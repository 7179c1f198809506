import { createHash } from 'node:crypto';
import type { TrafficSettings } from '../model/index.js';
import { bytesOf, filesUnder } from './files.js';
import { recordedSources } from '../traffic/recorded/corpora.js';

/**
 * SHA-256 (hex) over the files of every recorded source, in order; null if there is none. @throws SlopegateError
 * TRAFFIC_INVALID if one cannot be read
 */
export async function digestOfRecordings(traffic: Pick<TrafficSettings, 'sources'>): Promise<string | null> {
  const sources = recordedSources(traffic);
  if (sources.length === 0) return null;
  const all = createHash('sha256');
  for (const source of sources) {
    for await (const { file, trouble } of filesUnder(source.kind === 'corpus' ? [source.file] : source.paths)) {
      if (trouble !== null) continue;
      const content = createHash('sha256');
      for await (const chunk of bytesOf(file)) content.update(chunk);
      all.update(content.digest());
    }
  }
  return all.digest('hex');
}
