export { actionRows, actionSentence } from './actions.js';
export { armDifferencesSentence } from './arm-differences.js';
export { attributions, blameSentences } from './attribution.js';
export { calibrationSentence } from './calibration.js';
export { serviceChanges, type ServiceChange } from './compare-results.js';
export { confirmation } from './confirmation.js';
export { deathMoment } from './death-moment.js';
export { detectableWords, extentOf, extentWords } from './extent.js';
export { ceilingOf, forecast, type Forecast } from './forecast.js';
export { isRecorded, NOT_KNOWN } from './recorded.js';
export { knownGrowth } from './known-growth.js';
export { grownParts } from './parts.js';
export { phaseSentence, phasesOf } from './phases.js';
export { projection, projectionUnlessFound } from './projection.js';
export { remainingFaults, remainingFindings, standingFindings } from './remaining.js';
export { remediesOf, type LabelLimit, type Remedies } from './remedies.js';
export type { Rendered, Reporter } from './reporter.js';
export { requestSamples } from './request-samples.js';
export { assessmentName, decisiveService, sortedServices } from './services.js';
export { sureness } from './sureness.js';
export { showsTime, TIME_UNIT, timeOutcome, timeSentences } from './time-growth.js';
export { aligned, clip, COLUMN_GAP, table, widthOf, wrap } from './text/columns.js';
export { advice, meaning, OUTCOMES } from './text/outcome.js';
export { oneLine, plain, withoutMarkup } from './text/plain.js';
export {
  armTraffic,
  transportWords,
  connectionsOf,
  labelTraffic,
  latenessOfArm,
  type LabelTraffic,
} from './traffic.js';
export { versionsOf } from './versions.js';
