export { ANY_LABEL, decisionDifferences } from './decisions.js';
export { gateSubjects, type GatedSubject } from './gate.js';
export { hostDifferences } from './host-differences.js';
export { levelsOf } from './levels.js';
export { containersOn, memoryLimit, freeMemory } from './free-memory.js';
export { liveCurves, partSlopes, type ArmSlopes, type Cutting } from './part-slopes.js';
export { withPriors } from './prior.js';
export { pairTrials, type Pairing, type TrialPair } from './replicates.js';
export { rolesOf, type Role } from './roles.js';
export { scatterOf } from './scatter.js';
export { changesBy, stretchesBetween } from './series/between-actions.js';
export { suddenFalls } from './series/sudden-falls.js';
export { windowOf, type Window } from './series/window.js';
export { replicatesOf, type Preparation, type Subject, type UsablePair } from './subject.js';
export { usageSubjects, type UsagePair, type UsageSubject } from './usage/subjects.js';
export {
  alphasOf,
  COUNTED,
  countSubjects,
  decidingMetric,
  isPartlyLost,
  JUDGED_METRICS,
  marginOn,
  memorySubjects,
  timeSubjects,
} from './subjects.js';
