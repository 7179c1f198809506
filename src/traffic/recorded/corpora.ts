import type { CorpusSource, ImportSource, TrafficSettings } from '../../model/index.js';
import type { CorpusRequest } from './corpus-request.js';
/** The requests of each recorded source of a scenario, in the order of `traffic.sources`. Libraries have none. */
export type Corpora = readonly (readonly CorpusRequest[])[];

export function recordedSources({
  sources = [],
}: Pick<TrafficSettings, 'sources'>): readonly (CorpusSource | ImportSource)[] {
  return sources.filter((source) => source.kind !== 'library');
}
