import type { Rendered } from '../facts/index.js';
import type { Result } from '../results/index.js';

/**
 * Indented JSON with lists of plain values on one line: a person can read it, and a plot does not take 10,000 lines.
 */
function prettyJson(value: unknown, indent = ''): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => item === null || typeof item !== 'object'))
      return `[${value.map((item) => prettyJson(item)).join(', ')}]`;
    return `[\n${value.map((item) => inner + prettyJson(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${prettyJson(item, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

export function renderJson(result: Result): Rendered {
  return { path: 'result.json', contents: `${prettyJson(result)}\n` };
}
