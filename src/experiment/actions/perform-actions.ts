import type { ActionRecord, PlannedAction } from '../../model/index.js';

export interface ActionRun {
  readonly planned: readonly PlannedAction[];
  /** Does one step on the arm; rejects where it does not succeed. */
  readonly perform: (step: PlannedAction['step']) => Promise<void>;
  /** Where the trial stands. */
  readonly here: () => { readonly time: number; readonly sent: number; readonly requests: number };
  readonly onDone: (record: ActionRecord) => void;
  /** Once it has fired, what does not succeed has not failed: it was given up. */
  readonly signal: AbortSignal;
}

/** Disposing waits for the action under way: no stack is taken down under one. */
export interface Actions extends AsyncDisposable {
  /** So many requests were sent: begins what is due. Returns at once; the traffic goes on meanwhile. */
  reached(sent: number): void;
  /** Resolves when everything begun has ended; rejects where `onDone` did. */
  settled(): Promise<void>;
}

/**
 * Does the actions of one trial, one after the other, in the order in which they are due. One that fails is on record,
 * and the next is done all the same.
 */
export function performActions({ planned, perform, here, onDone, signal }: ActionRun): Actions {
  let queue = Promise.resolve();
  let next = 0;

  const doOne = async ({ due, step }: PlannedAction): Promise<void> => {
    const from = here();
    const failure = await perform(step).then(
      () => null,
      (error: Error) => {
        if (signal.aborted) throw error;
        return error.message;
      },
    );
    onDone({ name: step.name, service: serviceOf(step), due, ...from, seconds: here().time - from.time, failure });
  };
  return {
    reached: (sent) => {
      for (; next < planned.length && planned[next]!.due <= sent; next += 1) {
        const one = planned[next]!;
        queue = queue.then(() => doOne(one));
        // Told by `settled`, which comes later.
        queue.catch(() => {});
      }
    },
    settled: () => queue,
    [Symbol.asyncDispose]: () => queue.catch(() => {}),
  };
}

function serviceOf(step: PlannedAction['step']): string {
  if ('service' in step) return step.service;
  return step.kind === 'port' ? step.endpoint.service : step.request.endpoint.service;
}
