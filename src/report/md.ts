import { oneLine, withoutMarkup } from '../facts/index.js';

/** Text from outside in a comment: without markup and table cells of its own. An @name in it notifies nobody. */
export function md(text: string): string {
  return withoutMarkup(oneLine(text))
    .replace(/[\\`*_{}[\]#|~]/g, '\\$&')
    .replace(/:\/\//g, ':\u200B//')
    .replace(/@/g, '@\u200B');
}

/** Digests and run names, shown as code. Code has no escapes, so characters that would need them are removed. */
export function identifier(text: string): string {
  return `\`${oneLine(text).replace(/[^\w.:+-]/g, '·')}\``;
}

/** One row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Several lines as they are. The fence is longer than any in the text. */
export function block(text: string): readonly string[] {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const lines = text.split('\n').map((line) => (/^ */.exec(line)?.[0] ?? '') + oneLine(line));
  return [fence, ...lines, fence];
}
