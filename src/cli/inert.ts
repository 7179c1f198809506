import { plain } from '../facts/index.js';

/** What GitHub Actions and Azure Pipelines take for a command to them, wherever it stands in a job's output. */
const WORKFLOW_COMMAND = /^(?=[ \t]*(?:::|##\[|##vso\[))/gm;

/** Foreign text (log lines, messages of Docker) for a terminal or a CI log: it is shown, and nothing obeys it. */
export function inert(text: string): string {
  return plain(text).replace(WORKFLOW_COMMAND, '| ');
}
