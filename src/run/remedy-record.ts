import type { ActionRecord, ContainerEvent, ContainerFacts, Journal, Reading, ReplayResult } from '../model/index.js';

/** What one trial of a test showed. */
export interface RemedyRecord {
  readonly readings: Reading[];
  readonly events: ContainerEvent[];
  readonly actions: ActionRecord[];
  facts: readonly ContainerFacts[];
  /** Null until the load has ended. */
  replay: ReplayResult | null;
}

/** A journal in memory: the test of a remedy is short, and its file has every number of it. */
export function remedyJournal(): { readonly journal: Journal; readonly of: (trialId: string) => RemedyRecord } {
  const records = new Map<string, RemedyRecord>();
  const of = (trialId: string): RemedyRecord => {
    const record = records.get(trialId) ?? {
      readings: [],
      events: [],
      actions: [],
      facts: [],
      replay: null,
    };
    records.set(trialId, record);
    return record;
  };
  const journal: Journal = {
    containers: (trialId, facts) => void (of(trialId).facts = facts),
    reading: (trialId, reading) => void of(trialId).readings.push(reading),
    event: (trialId, event) => void of(trialId).events.push(event),
    action: (trialId, action) => void of(trialId).actions.push(action),
    phase: () => {},
    replay: (trialId, result) => void (of(trialId).replay = result),
    note: () => {},
    trialStarted: () => {},
    clockAtZero: () => {},
    log: () => {},
    host: () => {},
    origin: () => {},
    trialEnded: () => {},
    setAside: () => {},
  };
  return { journal, of };
}
