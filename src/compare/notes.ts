import type { SeriesNote } from '../model/index.js';
import { COUNTS } from '../series/index.js';
import { COUNT_MARGIN } from '../statistics/method.js';
import type { CompareOptions } from './compare-options.js';

/** What is never known about a recorded series. */
export const PROVENANCE: readonly SeriesNote[] = [
  { code: 'recorded-elsewhere', facts: {} },
  { code: 'judged-once', facts: {} },
];

interface Axis {
  readonly counted: boolean;
  /** Requests per second, as recorded or as assumed. */
  readonly rate: number;
  readonly metric: string;
  readonly marginBytesPerRequest: number;
}

/** The unit in which growth is judged, and where the margin comes from. */
export function axisNotes(
  { counted, rate, metric, marginBytesPerRequest }: Axis,
  { marginBytesPerRequest: asked, marginBytesPerSecond, ratePerSecond }: CompareOptions,
): SeriesNote[] {
  if (counted)
    return marginBytesPerSecond === undefined
      ? []
      : [
          {
            code: 'margin-converted',
            facts: { bytesPerSecond: marginBytesPerSecond, bytesPerRequest: marginBytesPerSecond / rate, rate },
          },
        ];
  const isCount = COUNTS.has(metric);
  const margin = {
    counted: isCount ? metric : null,
    perRequest: isCount ? COUNT_MARGIN : marginBytesPerRequest,
    isDefault: asked === undefined,
    rate,
    rateAssumed: ratePerSecond === undefined,
  };
  return [{ code: 'requests-not-counted', facts: { margin: marginBytesPerSecond === undefined ? margin : null } }];
}
