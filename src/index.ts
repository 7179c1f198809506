/**
 * slopegate as a library: the judgement of the commands, on series of your own. See docs/compare.md.
 * @packageDocumentation
 */
export { compareGrowth, type CompareOptions, type Comparison, type Replicate } from './compare/index.js';
export { readPrometheus, readSeries } from './seriesfiles/index.js';
export type { Column, ReadOptions, RecordedRun, RecordedSeries } from './series/index.js';
export { readRecording } from './recording/index.js';
export { assess, judge, type AssessOptions } from './verdict/index.js';
export { say } from './words/say.js';
export { tell } from './words/tell.js';
export { buildResult, renderTerminal, REPORTERS, type Rendered, type Reporter } from './report/index.js';
export { loadScenario, parseScenario } from './scenario/index.js';
export { scenarioJsonSchema } from './schema/index.js';
export { EXIT, SlopegateError, type ErrorCode, type ExitCode } from './model/index.js';
export type { ArmName, Metric, Outcome, Recording, Scenario, ServiceSeries, TrialRecording } from './model/index.js';
export type {
  Assessment,
  Estimate,
  Finding,
  ReplicateGrowth,
  Result,
  ServiceAssessment,
  Shape,
  Statement,
  WordedVerdict,
  ValidityCheck,
  Verdict,
} from './results/index.js';
