import { constants } from 'node:os';

/** `exit code 137 (SIGKILL)`, and who sent the signal if that is known. */
export function describeExit(exitCode: number | null, sentThroughDocker: string | null): string {
  if (exitCode === null) return 'exit code unknown';
  const signal =
    exitCode > 128 ? Object.entries(constants.signals).find(([, number]) => number === exitCode - 128)?.[0] : undefined;
  const asked = sentThroughDocker === null ? '' : `, after signal ${sentThroughDocker} was sent through Docker`;
  return `exit code ${exitCode}${signal === undefined ? '' : ` (${signal})`}${asked}`;
}
