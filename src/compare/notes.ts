import { COUNTS } from '../series/index.js';
import type { CompareOptions } from './compare-options.js';

/** What a recorded series can never tell. */
export const PROVENANCE: readonly string[] = [
  'Judged from series recorded elsewhere. They do not show if both sides got the same requests and ' +
    'decided them alike, if a container died, and what ran.',
  'All replicates are judged once, together; a FAIL is not confirmed by a longer pair.',
];

export const RARE_EVENTS =
  'Most counts stay the same for several readings, so "requests" are rare events (reloads, batches): growth is ' +
  'per event, measured on the lowest level between two events.';

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
      `recording.${derived ? ` The margin is ${from}; use --rate or a margin in B/s to change it.` : ''}`,
  ];
}
