import type { Result, WordedAction } from '../results/index.js';
import { actionWords, timesWords } from '../words/actions.js';
import { plural } from '../words/numbers.js';

/** One action over all trials of the run. */
export interface ActionRow {
  readonly name: string;
  readonly service: string;
  /** When it was due in a trial. */
  readonly when: string;
  readonly done: number;
  readonly failed: number;
  /** The longest duration and the latest start: seconds, and requests after it was due. */
  readonly longest: number;
  readonly latest: number;
}

/** The plan of a replicate's trial, taken from the first completed one. */
function plannedOf({ trials }: Result): readonly WordedAction[] {
  return trials.find(({ complete, purpose }) => complete && purpose === 'replicate')?.actions ?? [];
}

export function actionRows(result: Result): readonly ActionRow[] {
  const all = result.trials.flatMap(({ actions = [] }) => actions);
  const planned = plannedOf(result);
  return [...new Set(all.map(({ name }) => name))].map((name) => {
    const own = all.filter((action) => action.name === name);
    return {
      name,
      service: own[0]?.service ?? '',
      when: timesWords(planned.filter((action) => action.name === name).map(({ due }) => due)),
      done: own.filter(({ failure }) => failure === null).length,
      failed: own.filter(({ failure }) => failure !== null).length,
      longest: Math.max(...own.map(({ seconds }) => seconds)),
      latest: Math.max(...own.map(({ due, sent }) => sent - due)),
    };
  });
}

/** `Under load, on both arms: reload after 4,250 requests; 6 times in all.`; null if nothing was done. */
export function actionSentence(result: Result): string | null {
  const rows = actionRows(result);
  if (rows.length === 0) return null;
  const [done, failed] = [rows.reduce((sum, row) => sum + row.done, 0), rows.reduce((sum, row) => sum + row.failed, 0)];
  const failures = failed === 0 ? '' : `, ${plural(failed, 'failure')}`;
  return `Under load, on both versions: ${actionWords(plannedOf(result))} (${plural(done, 'time')} in all${failures}).`;
}
