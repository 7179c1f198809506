import type { Reporter } from '../facts/index.js';
import { renderHtml } from '../page/index.js';
import { renderJson } from './json.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';

export type { Rendered, Reporter } from '../facts/index.js';
export { buildResult } from './build-result.js';
export { annotationsOfFaults, annotationsOfResult, githubAnnotations, type Annotation } from './annotations.js';
export { renderIssue } from './issue.js';
export { renderRemedies } from './remedies.js';
export { renderTerminal } from './terminal.js';

/** Every report file, by the name that `--format` takes. */
export const REPORTERS: ReadonlyMap<string, Reporter> = new Map([
  ['json', renderJson],
  ['html', renderHtml],
  ['junit', renderJunit],
  ['markdown', renderMarkdown],
]);
