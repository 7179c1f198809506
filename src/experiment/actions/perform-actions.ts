import { failureFrom, type ActionRecord, type PlannedAction } from '../../model/index.js';

export interface ActionRun {
  readonly planned: readonly PlannedAction[];
  /** Does one step on the arm; rejects if it does not succeed. */
  readonly perform: (step: PlannedAction['step']) => Promise<void>;
  /** Where the trial is now. */
  readonly here: () => { readonly time: number; readonly sent: number; readonly requests: number };
  readonly onDone: (record: ActionRecord) => void;
  /** After it has fired, an action without success did not fail: it was given up. */
  readonly signal: AbortSignal;
}

/** Disposing waits for the action in progress: no stack is removed during an action. */
export interface Actions extends AsyncDisposable {
  /** Tells how many requests were sent, and begins what is due. Returns at once; the traffic goes on. */
  reached(sent: number): void;
  /** Resolves when everything that began has ended; rejects if `onDone` rejected. */
  settled(): Promise<void>;
}

/**
 * Does the actions of one trial, one after the other, in the order in which they are due. If one fails, this is
 * recorded and the next one is done.
 */
export function performActions({ planned, perform, here, onDone, signal }: ActionRun): Actions {
  let queue = Promise.resolve();
  let next = 0;

  const doOne = async ({ due, step }: PlannedAction): Promise<void> => {
    const from = here();
    const failure = await perform(step).then(
      () => null,
      (error: unknown) => {
        if (signal.aborted) throw error;
        return failureFrom(error);
      },
    );
    onDone({ name: step.name, service: serviceOf(step), due, ...from, seconds: here().time - from.time, failure });
  };
  return {
    reached: (sent) => {
      for (; next < planned.length && planned[next]!.due <= sent; next += 1) {
        const one = planned[next]!;
        queue = queue.then(() => doOne(one));
        // `settled` reports the error later.
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
