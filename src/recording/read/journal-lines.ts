import type { Note, RecordingFault, RequestLabels } from '../../model/index.js';
import { decodeLabels } from '../../journal/lines/labels.js';
import { decodeStatuses } from '../../journal/lines/statuses.js';
import { LINE_SCHEMAS, type LineKind } from '../schemas/line-schemas.js';
import { trialBuilder, type TrialBuilder } from './trial-builder.js';

/** The content of all lines except readings. */
export interface JournalLines {
  /** Reads a line by its kind. @throws Error for one that cannot be read */
  read(kind: string, rest: object): void;
  /**
   * @throws Error for a trial that has not begun
   * @throws Error for a trial that was not begun
   */
  trial(id: string): TrialBuilder;
  readonly trials: ReadonlyMap<string, TrialBuilder>;
  readonly labels: RequestLabels | null;
  readonly asked: Readonly<Record<string, string>>;
  readonly notes: readonly Note[];
  /** When the run went on after an interruption, ISO 8601. */
  readonly resumed: readonly string[];
  /** SHA-256 of each manifest that was written. */
  readonly manifests: ReadonlySet<string>;
  faults(): RecordingFault[];
}

export interface LineHandlers {
  /** How many requests the trace has. There can be no more labels than this. */
  readonly requests: number;
  readonly onHeader: (header: { readonly schema: string; readonly metrics: readonly string[] }) => void;
  readonly onTrial: () => void;
}

export function journalLines({ requests, onHeader, onTrial }: LineHandlers): JournalLines {
  const trials = new Map<string, TrialBuilder>();
  const asked: Record<string, string> = Object.create(null) as Record<string, string>;
  const notes: Note[] = [];
  const resumed: string[] = [];
  const manifests = new Set<string>();
  let labels: RequestLabels | null = null;

  const trial = (id: string): TrialBuilder => {
    const known = trials.get(id);
    if (known === undefined) throw new Error(`trial ${id} was not begun`);
    return known;
  };

  const readers: Readonly<Record<LineKind, (line: object) => void>> = {
    journal: (line) => onHeader(LINE_SCHEMAS.journal.parse(line)),
    manifest: (line) => void manifests.add(LINE_SCHEMAS.manifest.parse(line).sha256),
    resumed: (line) => void resumed.push(LINE_SCHEMAS.resumed.parse(line).at),
    labels: (line) => void (labels = decodeLabels(LINE_SCHEMAS.labels.parse(line), requests)),
    asked: (line) => void Object.assign(asked, LINE_SCHEMAS.asked.parse(line).lines),
    note: (line) => void notes.push(LINE_SCHEMAS.note.parse(line)),
    trial: (line) => {
      const { t: id, startedAt, arm, replicate, purpose } = LINE_SCHEMAS.trial.parse(line);
      if (trials.has(id)) throw new Error(`trial ${id} was begun twice`);
      trials.set(id, trialBuilder({ trial: { id, arm, replicate, purpose }, startedAt }));
      onTrial();
    },
    clock: (line) => {
      const { t, at } = LINE_SCHEMAS.clock.parse(line);
      trial(t).tellOnce({ clockAtZero: at });
    },
    containers: (line) => {
      const { t, containers } = LINE_SCHEMAS.containers.parse(line);
      trial(t).tellOnce({ containers });
    },
    event: (line) => {
      const { t, ...event } = LINE_SCHEMAS.event.parse(line);
      trial(t).event(event);
    },
    log: (line) => {
      const { t, text, ...of } = LINE_SCHEMAS.log.parse(line);
      trial(t).log(of, text);
    },
    host: (line) => {
      const { t, ...sample } = LINE_SCHEMAS.host.parse(line);
      trial(t).host(sample);
    },
    action: (line) => {
      const { t, ...action } = LINE_SCHEMAS.action.parse(line);
      trial(t).action(action);
    },
    phase: (line) => {
      const { t, ...phase } = LINE_SCHEMAS.phase.parse(line);
      trial(t).phase(phase);
    },
    replay: (line) => {
      const { t, result } = LINE_SCHEMAS.replay.parse(line);
      const { statuses, ...counted } = result;
      trial(t).tellOnce({ replay: { ...counted, statuses: decodeStatuses(statuses) } });
    },
    origin: (line) => {
      const { t, ...origin } = LINE_SCHEMAS.origin.parse(line);
      trial(t).tellOnce({ origin });
    },
    aside: (line) => {
      const { t, why } = LINE_SCHEMAS.aside.parse(line);
      trial(t).setAside(why);
    },
    end: (line) => {
      const { t, failure } = LINE_SCHEMAS.end.parse(line);
      trial(t).end(failure);
    },
  };

  return {
    trial,
    trials,
    asked,
    notes,
    resumed,
    manifests,
    get labels() {
      return labels;
    },
    read: (kind, rest) => {
      if (!Object.hasOwn(readers, kind)) throw new Error(`a kind of line that is not known: ${kind}`);
      readers[kind as LineKind](rest);
    },
    faults: () => [...trials.values()].flatMap((one) => one.faults()),
  };
}
