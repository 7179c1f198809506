import type { FailureFacts } from '../../model/failure.js';
import type { RampObjectionFacts } from '../../model/ramp.js';
import type { AttributionFacts } from './attribution.js';
import type { CheckFacts } from './check.js';
import type { FindingFacts } from './finding.js';
import type { GrowthFacts, OpenFacts } from './growth.js';
import type { GuardFacts } from './guard.js';
import type { NoteFacts } from '../../model/note.js';
import type { SeriesFaultFacts } from './series-fault.js';
import type { Stated } from '../../model/stated.js';
import type { SetAsideFacts } from './set-aside.js';
import type { AdviceFacts, VerdictFacts } from './verdict.js';

export type * from './attribution.js';
export type * from './check.js';
export type * from './finding.js';
export type * from './growth.js';
export type * from './guard.js';
export type * from './series-fault.js';
export type * from './set-aside.js';
export type * from './verdict.js';

/** Everything that the judgement can say: code → its numbers and names. `src/words` has the sentences. */
export interface FactsByCode
  extends
    CheckFacts,
    SeriesFaultFacts,
    GuardFacts,
    GrowthFacts,
    OpenFacts,
    FindingFacts,
    AttributionFacts,
    VerdictFacts,
    AdviceFacts,
    NoteFacts,
    FailureFacts,
    SetAsideFacts,
    RampObjectionFacts {}
export type Code = keyof FactsByCode;
export type Statement = Stated<FactsByCode>;
