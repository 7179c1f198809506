import { renderHtml } from './html/page.js';
import { renderJson } from './json.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';
import type { Reporter } from './reporter.js';

export { buildResult } from './build-result.js';
export type { Rendered, Reporter } from './reporter.js';
export { renderTerminal } from './terminal.js';

/** Every report file, by the name that `--format` takes. */
export const REPORTERS: ReadonlyMap<string, Reporter> = new Map([
  ['json', renderJson],
  ['html', renderHtml],
  ['junit', renderJunit],
  ['markdown', renderMarkdown],
]);
