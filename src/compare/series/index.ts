export { agreeOnServices } from './agree-on-services.js';
export { inBytes, renamed } from './byte-columns.js';
export { chooseMetric } from './choose-metric.js';
export { withoutCopies } from './copies.js';
export { doubtsAbout } from './doubts.js';
export { countsRareEvents, evenReadings } from './even-readings.js';
export { faultOf, orderFault, tooFewFault } from './fault.js';
export { withoutImplausible } from './implausible.js';
export { countedRequests, type LoadSpan } from './load-span.js';
export {
  type Column,
  type RecordedRun,
  type RecordedSeries,
  type Understanding,
  type UnderstoodColumn,
} from './recorded-series.js';
export { restartsIn, spokenRestart, type Restart } from './restarts.js';
export { fromZero, spanOf, toRecording, type Replicates } from './to-recording.js';
export { unbrokenPart } from './unbroken.js';
export { warmupFor } from './warmup-rule.js';
