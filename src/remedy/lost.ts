/** Status by trace index; 0 if no answer came. */
type Statuses = ArrayLike<number>;

const LEAST_FAILED = 500;
const isLost = (status: number | undefined): boolean =>
  status !== undefined && (status === 0 || status >= LEAST_FAILED);

/** Requests may be on their way for so long when an application begins, seconds. */
const UNDER_WAY_SECONDS = 1;

export interface Answers {
  readonly with: Statuses;
  /** The same requests without the remedy; null if they were not sent. */
  readonly without: Statuses | null;
  /** Requests per second. */
  readonly rate: number;
}

/**
 * How many requests each application lost: those without an answer, or with a status of 500 or above, that were
 * answered without the remedy. A request counts for the last application that began before it, or within one second
 * after it.
 * @param sent requests sent when each application began, in order
 */
export function lostRequests(answers: Answers, sent: readonly number[]): readonly number[] {
  const lost = sent.map(() => 0);
  const first = sent.map((one) => Math.max(0, one - UNDER_WAY_SECONDS * answers.rate));
  let current = -1;
  for (let i = 0; i < answers.with.length; i += 1) {
    while (current + 1 < first.length && i >= first[current + 1]!) current += 1;
    if (current < 0 || !isLost(answers.with[i])) continue;
    if (answers.without === null || !isLost(answers.without[i])) lost[current]! += 1;
  }
  return lost;
}
