import { assessmentName, OUTCOMES, plain, remainingFaults, remainingFindings, sortedServices } from '../facts/index.js';
import type { InputFault, Place } from '../model/index.js';
import type { Result } from '../results/index.js';

/** A message that a CI system shows beside a line of a file. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  /** Null for a message about the whole job. */
  readonly place: Omit<Place, 'text'> | null;
}

/** GitHub shows no more messages of one level for each step. */
const MOST = 10;

/**
 * What a verdict says beside a line of its scenario: the verdict, then services that fail, checks that failed and
 * findings to look at.
 * @param place the line that they belong to; null if the scenario is not at hand
 * @param breaks whether this verdict breaks the build; if not, nothing is more than a warning
 */
export function annotationsOfResult(
  result: Result,
  place: Annotation['place'],
  breaks: boolean,
): readonly Annotation[] {
  const { outcome, sentence } = result.verdict;
  const level = breaks ? 'error' : 'warning';
  const name = result.manifest.scenario.name;
  const verdict: Annotation = {
    level: outcome === 'pass' ? 'notice' : level,
    title: `slopegate ${OUTCOMES[outcome].word}: ${name}`,
    message: sentence,
    place,
  };
  const services = sortedServices(result)
    .filter((service) => service.judged && service.outcome === 'fail')
    .filter((service) => service.sentence !== sentence)
    .map((service) => ({ level, title: assessmentName(service), message: service.sentence, place }) as const);
  const checks = remainingFaults(result).map(
    (check) => ({ level, title: check.name, message: check.sentence, place }) as const,
  );
  const findings = remainingFindings(result)
    .filter(({ severity }) => severity !== 'info')
    .map(
      ({ severity, kind, sentence: found }) =>
        ({ level: severity === 'fail' ? level : 'warning', title: kind, message: found, place }) as const,
    );
  return [verdict, ...services, ...checks, ...findings].slice(0, MOST);
}

/** What is wrong with a user's file, beside its lines. */
export function annotationsOfFaults(faults: readonly InputFault[]): readonly Annotation[] {
  return faults.slice(0, MOST).map(({ severity, code, message, cause, hint, place }) => ({
    level: severity,
    title: `slopegate ${code}`,
    message: [message, ...(cause === undefined ? [] : [`Cause: ${cause}`]), ...(hint === null ? [] : [`Hint: ${hint}`])]
      .join('\n')
      .trim(),
    place,
  }));
}

/** Annotations as workflow commands of GitHub Actions, one on each line: `::error file=a.yaml,line=3,title=…::…`. */
export function githubAnnotations(annotations: readonly Annotation[]): string {
  return annotations
    .map(({ level, title, message, place }) => {
      const where = place === null ? [] : [`file=${property(place.file)}`, `line=${place.line}`, `col=${place.column}`];
      return `::${level} ${[...where, `title=${property(title)}`].join(',')}::${data(message)}\n`;
    })
    .join('');
}

const data = (text: string): string => plain(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
