import type { Trace } from '../model/index.js';
import type { DecisionDifference } from '../results/index.js';

const LONGEST = 160;

/** Method and target of every request that a report shows as an example, by trace index; long ones are cut. */
export function requestLines({ requests }: Trace, decisions: readonly DecisionDifference[]): Record<string, string> {
  const wanted = new Set(decisions.flatMap(({ examples }) => examples.map(({ index }) => index)));
  const last = Math.max(-1, ...wanted);
  const lines: Record<string, string> = {};
  if (last < 0) return lines;
  for (const { index, method, target } of requests) {
    if (wanted.has(index)) lines[index] = shortened(`${method} ${target}`);
    if (index >= last) break;
  }
  return lines;
}

function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
