import { SlopegateError, type ErrorDetails, type Round, type Scenario } from '../model/index.js';
import { safeRate } from './ramp/steps.js';

/** A load that is less behind than this, or than this many times the tolerance, is not stopped. */
const LEAST_BEHIND_SECONDS = 3;
const BEHIND_FACTOR = 2;

/** The host does not keep the rate. */
export class RateTooHighError extends SlopegateError {
  /** Requests per second that it should keep. */
  readonly saferRate: number;

  constructor(saferRate: number, message: string, details: ErrorDetails) {
    super('RATE_TOO_HIGH', message, details);
    this.saferRate = saferRate;
  }

  override with(changes: Parameters<SlopegateError['with']>[0]): RateTooHighError {
    const { message, hint, reason, cause, location, faults } = super.with(changes);
    return new RateTooHighError(this.saferRate, message, { hint, reason, cause, location, faults });
  }
}

export interface RateCheckOptions {
  readonly round: Round;
  /** Requests per second to each arm. */
  readonly rate: number;
  readonly scenario: Scenario;
  readonly fail: (error: SlopegateError) => void;
}

/**
 * Ends the first round after its warm-up if no arm of it kept its rate. Otherwise the user would wait for a run that
 * must be invalid. If only one arm is behind, that says something about its version, and the round goes on.
 * @returns what each trial calls when it is warm, with the seconds that its load is behind its schedule
 */
export function rateCheck({ round, rate, scenario, fail }: RateCheckOptions): (behind: number) => void {
  const scheduled = round.requests.warmup / rate;
  const most = Math.max(LEAST_BEHIND_SECONDS, BEHIND_FACTOR * scenario.identity.paceTolerance * scheduled);
  const behindOf: number[] = [];
  return (behind) => {
    behindOf.push(behind);
    if (behindOf.length < round.trials.length || behindOf.some((one) => one <= most)) return;
    const kept = (rate * scheduled) / (scheduled + Math.max(...behindOf));
    const who = round.trials.length > 1 ? 'both versions' : `the ${round.trials[0]?.arm}`;
    fail(
      new RateTooHighError(
        safeRate(kept),
        `${rate} requests/s are too many for this host just now: after a warm-up of ${Math.round(scheduled)} s ` +
          `the load of ${who} was ${Math.round(Math.min(...behindOf))} s behind.`,
        {
          hint:
            `About ${kept.toPrecision(2)} requests/s were kept. State traffic.rate: ${safeRate(kept)}/s, or auto. ` +
            '"slopegate doctor" says what else keeps the host busy.',
        },
      ),
    );
  };
}
