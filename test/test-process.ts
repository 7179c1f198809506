const PREFIX = 'slopegate-test-';

/** A name that says which process of the tests it belongs to. `killed` reads it. */
export const nameOfTest = (what: string): string => `${PREFIX}${what}-${process.pid}`;

/** Whether the name is one of `nameOfTest`, of a process that does not run any more. */
export function killed(name: string): boolean {
  const pid = name.startsWith(PREFIX) ? /-(\d+)$/.exec(name)?.[1] : undefined;
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
