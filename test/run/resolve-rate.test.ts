import { describe, expect, it } from 'vitest';
import { RateTooHighError } from '../../src/experiment/index.js';
import { SlopegateError, type RateMode, type Scenario } from '../../src/model/index.js';
import { atKeptRate } from '../../src/run/resolve-rate.js';

const scenarioOf = (rateMode: RateMode): Scenario => ({ traffic: { rate: 100, rateMode } }) as Scenario;

/** Runs on a host that keeps `kept` requests per second. It would always advise six tenths of the rate. */
async function tried(kept: number, rateMode: RateMode): Promise<readonly (number | string)[]> {
  const seen: (number | string)[] = [];
  const run = ({ traffic: { rate } }: Scenario): Promise<string> => {
    seen.push(rate);
    return rate > kept
      ? Promise.reject(new RateTooHighError(0.6 * rate, `${rate} requests/s are too many.`, { hint: 'less' }))
      : Promise.resolve('ran');
  };
  const onEvent = (event: { readonly type: string; readonly text?: string }): number => seen.push(event.text ?? '');
  seen.push(
    await atKeptRate(scenarioOf(rateMode), onEvent, run).catch((error: unknown) =>
      error instanceof SlopegateError ? error.code : 'another error',
    ),
  );
  return seen;
}

describe('a rate that this host does not keep', () => {
  it('is lowered if the scenario says upTo, and the run begins again', async () => {
    expect(await tried(70, 'upTo')).toEqual([
      100,
      '100 requests/s are too many. The run begins again with 60 requests/s.',
      60,
      'ran',
    ]);
  });

  it('is lowered twice at most', async () => {
    const seen = await tried(1, 'upTo');
    expect(seen.filter((one) => typeof one === 'number')).toEqual([100, 60, 36]);
    expect(seen.at(-1)).toBe('RATE_TOO_HIGH');
  });

  it.each(['stated', 'auto'] as const)('ends the run if the rate is %s', async (mode) => {
    expect(await tried(70, mode)).toEqual([100, 'RATE_TOO_HIGH']);
  });

  it('is lowered after an error that got a hint on its way', async () => {
    const rates: number[] = [];
    const run = ({ traffic: { rate } }: Scenario): Promise<string> => {
      rates.push(rate);
      const error = new RateTooHighError(60, 'too many', {}).with({ hint: 'The recording is kept.' });
      return rates.length === 1 ? Promise.reject(error) : Promise.resolve('ran');
    };
    expect(await atKeptRate(scenarioOf('upTo'), () => undefined, run)).toBe('ran');
    expect(rates).toEqual([100, 60]);
  });

  it('is not lowered after another error', async () => {
    const run = (): Promise<never> => Promise.reject(new SlopegateError('TOO_LATE', 'too late'));
    await expect(atKeptRate(scenarioOf('upTo'), () => undefined, run)).rejects.toMatchObject({ code: 'TOO_LATE' });
  });
});
