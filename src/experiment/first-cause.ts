import { SlopegateError } from '../model/index.js';
import type { TrialEnd } from './disturbance.js';

/** How one trial of a round ended; null if nothing went wrong. */
export interface TrialOutcome {
  /** Null if it did not go through. */
  readonly end: TrialEnd | null;
  readonly failure: unknown;
  /** Why the arm could not be removed. This says nothing about what was measured. */
  readonly leftover: unknown;
}

/**
 * The first cause among the errors of a round, with what the clean-up left behind; null if there was none. An arm that
 * was only stopped because the other one failed is not a cause.
 */
export function firstCause(outcomes: readonly TrialOutcome[], interrupted: AbortSignal): unknown {
  const failures = outcomes.flatMap(({ failure }) => failure ?? []);
  const leftovers = [...new Set(outcomes.flatMap(({ leftover }) => leftover ?? []))];
  const isInterruption = (error: unknown): boolean => error instanceof SlopegateError && error.code === 'INTERRUPTED';
  const cause = interrupted.aborted
    ? (failures.find(isInterruption) ?? new SlopegateError('INTERRUPTED', 'interrupted'))
    : (failures.find((error) => !isInterruption(error)) ?? failures[0]);
  if (cause === undefined) return leftovers[0] ?? null;
  return cause instanceof SlopegateError && leftovers.length > 0 ? withLeftovers(cause, leftovers) : cause;
}

function withLeftovers(error: SlopegateError, leftovers: readonly unknown[]): SlopegateError {
  const left = leftovers.map((one) =>
    one instanceof SlopegateError ? [one.message, one.hint].filter(Boolean).join(' ') : String(one),
  );
  return error.with({ hint: [...(error.hint === undefined ? [] : [error.hint]), ...left].join('\n') });
}

/** The error of a block with `await using`, without errors of its clean-up. */
export function withoutDisposal(error: unknown): unknown {
  const { name, suppressed } = error as { readonly name?: unknown; readonly suppressed?: unknown };
  return error instanceof Error && name === 'SuppressedError' ? withoutDisposal(suppressed) : error;
}
