import { COUNTS } from '../series/index.js';
import type { CompareOptions } from './compare-options.js';

/** What a recorded series can never tell. */
export const PROVENANCE: readonly string[] = [
  'Judged from series recorded elsewhere. Not known from them: that both sides were sent the same requests and ' +
    'decided them alike, that no container died, and what ran.',
  'The replicates are one look, on which the whole of alpha is spent; a FAIL is not confirmed by a longer pair.',
];

export const RARE_EVENTS =
  'Most counts hold for several readings, so "requests" are rarer events (reloads, batches): growth is per event, ' +
  'on the lowest level seen between one and the next.';

/** Per what growth is judged, and where the margin comes from. */
export function axisNotes(
  counted: boolean,
  rate: number,
  metric: string,
  { marginBytesPerRequest, marginBytesPerSecond, ratePerSecond }: CompareOptions,
): string[] {
  if (counted)
    return marginBytesPerSecond === undefined
      ? []
      : [
          `The margin of ${marginBytesPerSecond} bytes/s is ${Number((marginBytesPerSecond / rate).toPrecision(3))} ` +
            `bytes/request at the ${rate} requests/s recorded.`,
        ];
  const derived = marginBytesPerSecond === undefined;
  const perRequest = COUNTS.has(metric)
    ? `1 of ${metric} in 1,000 requests`
    : `${marginBytesPerRequest ?? 'the default of 32'} bytes/request`;
  const from = `${perRequest} at ${ratePerSecond === undefined ? `an assumed ${rate}` : rate} requests/s`;
  return [
    `No requests were counted on every side: growth is judged per second, over the whole of each ` +
      `recording.${derived ? ` The margin is ${from}; --rate or a margin in B/s states it.` : ''}`,
  ];
}
