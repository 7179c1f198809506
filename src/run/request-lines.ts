import type { DecisionDifference, Trace } from '../model/index.js';

const LONGEST = 160;

/** Method and target of every request that a report gives as an example, by trace index; long ones are cut. */
export function requestLines({ requests }: Trace, decisions: readonly DecisionDifference[]): Record<string, string> {
  const lines = decisions.flatMap(({ examples }) =>
    examples.flatMap(({ index }) => {
      const request = requests[index];
      return request === undefined ? [] : [[index, shortened(`${request.method} ${request.target}`)] as const];
    }),
  );
  return Object.fromEntries(lines);
}

function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
