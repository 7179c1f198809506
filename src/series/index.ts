export { faultOf, orderFault, seriesError, tooFewFault } from './fault.js';
export { interpolated } from './interpolate.js';
export { labelsInOrder, nameParts } from './name-parts.js';
export {
  UNNAMED_SERVICE,
  type Column,
  type RecordedRun,
  type RecordedSeries,
  type Understanding,
  type UnderstoodColumn,
} from './recorded-series.js';
export { decimalSignOf } from './table/decimal-sign.js';
export { layoutOf } from './table/layout.js';
export { measureOf, type Decimal } from './table/measures.js';
export { COUNTS, memoryRank, metricName, wordsOf } from './table/names.js';
export type { ReadOptions } from './table/read-options.js';
export { countsRequests, secondsOfUnit, serviceRank, timeRank } from './table/roles.js';
export { rowTimes } from './table/row-times.js';
export { seriesOfTable } from './table/series-of-table.js';
export type { TableColumn } from './table/table-column.js';
export { Table } from './table/table.js';
export { instantOf } from './table/times.js';
export { bytesIn, namedUnit } from './table/units.js';
