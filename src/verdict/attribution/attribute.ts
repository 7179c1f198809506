import type { GatedSubject } from '../../evidence/index.js';
import { STACK_ROLE, type Recording } from '../../model/index.js';
import {
  ATTRIBUTED,
  type Assessment,
  type Attributed,
  type Attribution,
  type Blame,
  type LabelGrowth,
  type ServiceAssessment,
} from '../../results/index.js';
import { exhaustionsOf } from './exhaustion.js';
import { labelEvidence, type LabelEvidence } from './label-evidence.js';
import { attributionStatements } from './statements.js';

/**
 * The growth of every judged service by label, if the shares of labels varied by design: see docs/attribution.md. It is
 * shown and never judged, because the verdict is about the whole traffic.
 */
export function attribute(
  gated: readonly GatedSubject[],
  services: readonly ServiceAssessment[],
  recording: Recording,
): Pick<Assessment, 'attribution'> {
  const blocks = recording.manifest.trace?.blocks;
  if (blocks === undefined) return {};
  const attribution = gated.flatMap(({ subject, evidence }): Attribution[] => {
    const service = services.find(({ role }) => role === subject.role);
    if (
      service === undefined ||
      evidence === null ||
      !subject.judged ||
      subject.role === STACK_ROLE ||
      subject.unit !== 'bytes/request'
    )
      return [];
    const labels = labelEvidence(subject.replicates, evidence, blocks);
    return labels === null ? [] : [attributionOf(service, labels, recording)];
  });
  return { attribution };
}

function attributionOf(service: ServiceAssessment, evidence: LabelEvidence, recording: Recording): Attribution {
  const { role, metric, unit, margin: threshold } = service;
  const places = [...evidence.groups.keys()];
  const labels = places.map((group): LabelGrowth => ({
    labels: evidence.groups[group] ?? [],
    share: evidence.shares[group] ?? 0,
    baseline: evidence.estimate('baseline', [group]),
    candidate: evidence.estimate('candidate', [group]),
    difference: evidence.estimate('difference', [group]),
  }));
  const blame = Object.fromEntries(
    ATTRIBUTED.map((column) => [column, blameIn(column, labels, evidence, threshold)]),
  ) as Record<Attributed, Blame>;
  const facts = { role, metric, unit, threshold, labels, blame };
  const exhaustion = exhaustionsOf(facts, service, recording.manifest.scenario);
  return { ...facts, exhaustion, said: attributionStatements(facts) };
}

function blameIn(
  column: Attributed,
  labels: readonly LabelGrowth[],
  evidence: LabelEvidence,
  threshold: number,
): Blame {
  const blamed = labels.filter((label) => (label[column]?.lower ?? -Infinity) > threshold);
  const others = [...labels.keys()].filter((place) => !blamed.includes(labels[place] as LabelGrowth));
  return {
    named: blamed.sort((a, b) => (b[column]?.value ?? 0) - (a[column]?.value ?? 0)),
    rest: others.length === 0 ? null : evidence.estimate(column, others),
  };
}
