import type { Result, WordedAttribution } from '../results/index.js';

/**
 * Which requests make memory grow, service by service; nothing if the mix did not vary, or if the comparison was not
 * fair.
 */
export function attributions({ verdict: { outcome, assessment } }: Result): readonly WordedAttribution[] {
  return outcome === 'invalid' ? [] : (assessment.attribution ?? []);
}

/** The sentences of services for which labels are blamed, for short reports. */
export function blameSentences(result: Result): readonly string[] {
  const telling = attributions(result).filter(({ blame }) =>
    Object.values(blame).some(({ named }) => named.length > 0),
  );
  return telling.flatMap(({ sentences, exhaustion }) => [...sentences, ...exhaustion.map(({ sentence }) => sentence)]);
}
