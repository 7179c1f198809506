import { SlopegateError, type ArmName, type ContainerFacts, type Recording, type Trial } from '../model/index.js';

/** What an earlier, interrupted part of a run did for one pair. */
export interface EarlierPair {
  readonly purpose: Trial['purpose'];
  readonly replicate: number;
  /** How often it was started. */
  readonly attempts: number;
  /** Whether both arms were completed and the pair counts. */
  readonly counts: boolean;
  /** Trials that were completed while the other arm was not. */
  readonly halves: readonly string[];
}

/** What an earlier, interrupted part of a run did. */
export interface Earlier {
  readonly pairs: readonly EarlierPair[];
  /** Pairs that the host disturbed and that were set aside. */
  readonly setAside: number;
  /** Image of each service that has run, by arm. */
  readonly images: Readonly<Record<ArmName, Readonly<Record<string, string>>>>;
}

export const NO_EARLIER_PAIRS: Earlier = { pairs: [], setAside: 0, images: { baseline: {}, candidate: {} } };

/** Which part of its plan an interrupted recording contains. */
export function earlierIn({ trials }: Pick<Recording, 'trials'>): Earlier {
  const byPair = new Map<string, (typeof trials)[number][]>();
  for (const one of trials) {
    const key = `${one.trial.purpose} ${one.trial.replicate}`;
    byPair.set(key, [...(byPair.get(key) ?? []), one]);
  }
  const pairs = [...byPair.values()].map((all): EarlierPair => {
    const { purpose, replicate } = all[0]!.trial;
    const attempts = Math.max(
      ...['baseline', 'candidate'].map((arm) => all.filter((one) => one.trial.arm === arm).length),
    );
    const complete = all.filter((one) => one.complete);
    const counts = new Set(complete.map((one) => one.trial.arm)).size === 2;
    return { purpose, replicate, attempts, counts, halves: counts ? [] : complete.map((one) => one.trial.id) };
  });
  const disturbed = trials.filter(({ setAside }) => setAside?.code === 'disturbed');
  const imagesOf = (arm: ArmName): Record<string, string> =>
    Object.fromEntries(
      trials
        .filter(({ trial }) => trial.arm === arm)
        .flatMap(({ containers }) => containers.map(({ service, imageId }) => [service, imageId])),
    );
  const images = { baseline: imagesOf('baseline'), candidate: imagesOf('candidate') };
  return { pairs, setAside: disturbed.length / 2, images };
}

/** @throws SlopegateError RESUME_REFUSED if an arm runs another image than before the run was cut off */
export function assertSameImages({ images }: Earlier, arm: ArmName, facts: readonly ContainerFacts[]): void {
  const other = facts.find(({ service, imageId }) => (images[arm][service] ?? imageId) !== imageId);
  if (other === undefined) return;
  throw new SlopegateError(
    'RESUME_REFUSED',
    `This run cannot be resumed: ${other.service} of the ${arm} runs another image (${other.image}) than before.`,
    { hint: 'The tag was moved, or the image was built anew: begin a new run.' },
  );
}
