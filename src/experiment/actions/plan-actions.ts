import { requestsBefore, type Action, type Load, type PlannedAction } from '../../model/index.js';

/**
 * When each action is due in a round, in order. Actions for which the load is too short are left out. `at` follows the
 * round's own window: half of a longer window is later. `every` keeps its distance, counted in the window of a
 * replicate. So growth that comes with each repetition is the same per request in rounds of every length.
 */
export function planActions(actions: readonly Action[], load: Load, replicateWindow: number): readonly PlannedAction[] {
  const total = load.warmup + load.window;
  const timesOf = ({ at, every }: Action): number[] => {
    const distance =
      every === null ? Infinity : Math.max(1, requestsBefore(every, { ...load, warmup: 0, window: replicateWindow }));
    const first = at === null ? distance + (every?.of === 'window' ? load.warmup : 0) : requestsBefore(at, load);
    const times: number[] = [];
    for (let due = first; due < total; due += distance) times.push(due);
    return times;
  };
  return actions
    .flatMap((action) => timesOf(action).map((due) => ({ due, step: action.step })))
    .sort((a, b) => a.due - b.due);
}
