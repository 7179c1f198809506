import { plain } from '../facts/index.js';

/** GitHub Actions and Azure Pipelines execute these anywhere in a job's output. */
const WORKFLOW_COMMAND = /^(?=[ \t]*(?:::|##\[|##vso\[))/gm;

/**
 * Makes foreign text (log lines, messages of Docker) harmless for a terminal or a CI log: it is shown and not executed.
 */
export function inert(text: string): string {
  return plain(text).replace(WORKFLOW_COMMAND, '| ');
}
