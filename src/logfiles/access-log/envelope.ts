import { parseWithPairs } from '../audit/pairs.js';

/** What collectors of logs write in front of a line: Kubernetes, docker compose, and syslog in its three forms. */
const FRONTS: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\dT\S+ std(?:out|err) F /,
  /^[\w.-]+ *\| /,
  /^(?:<\d+>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [^\s:]+: /,
  /^(?:<\d+>)?\d{4}-\d\d-\d\dT\S+ \S+ [^\s:]+: /,
  /^(?:<\d+>)?1 \S+ \S+ \S+ \S+ \S+ (?:-|\[[^\]]*\]) /,
];
/** The keys under which collectors keep the line that a server wrote. */
const KEYS = ['log', 'message', 'MESSAGE', 'textPayload'] as const;

/** The line that a server wrote, out of what a collector of logs made of it; null if it is in no such envelope. */
export function lineInside(line: string): string | null {
  const front = FRONTS.map((pattern) => pattern.exec(line)?.[0].length ?? 0).find((length) => length > 0);
  if (front !== undefined) return line.slice(front);
  if (!line.startsWith('{')) return null;
  try {
    const record = parseWithPairs(line) as Readonly<Record<string, unknown>>;
    const inside = KEYS.map((key) => (Object.hasOwn(record, key) ? record[key] : undefined)).find(
      (value) => typeof value === 'string',
    );
    return typeof inside === 'string' ? inside.replace(/\r?\n$/, '') : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
