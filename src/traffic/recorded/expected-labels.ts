import { SlopegateError, type CorpusSource, type ImportSource } from '../../model/index.js';
import { nearest } from '../../words/nearest.js';

const MOST_NAMED = 8;

/** The requests that were read of a source. */
export interface ReadOfSource {
  /** The files, as a person knows them. */
  readonly name: string;
  readonly labels: ReadonlySet<string>;
  /** Whether all of them were read, and not only as many as the longest trace needs. */
  readonly whole: boolean;
  readonly onWarning: (text: string) => void;
}

/**
 * Looks for an expectation about a label that no request has: nothing is checked for it. It is an error if it seems to
 * be a spelling mistake, and a warning otherwise.
 * @throws SlopegateError TRAFFIC_INVALID
 */
export function checkExpectedLabels(
  { expect, label }: CorpusSource | ImportSource,
  { name, labels, whole, onWarning }: ReadOfSource,
): void {
  const known = label === null ? [...labels] : [label];
  for (const unknown of Object.keys(expect).filter((expected) => !known.includes(expected))) {
    const near = nearest(unknown, known);
    if (near !== null && whole)
      throw new SlopegateError('TRAFFIC_INVALID', `${name}: expect has the label "${unknown}", and no request has it`, {
        location: name,
        hint: `did you mean "${near}"?`,
      });
    const more = known.length > MOST_NAMED ? ', …' : '';
    onWarning(
      `${name}: expect has the label "${unknown}", and no request that is sent has it; ` +
        `labels here: ${known.slice(0, MOST_NAMED).join(', ')}${more}`,
    );
  }
}
