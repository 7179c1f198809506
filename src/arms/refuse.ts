import { SlopegateError, type Refusal } from '../model/index.js';
import { objectionWords } from '../words/isolation.js';

/** STACK_REFUSED for a model that would reach the host, with every reason not to start it. */
export function refuse(refusals: readonly Refusal[], file: string): void {
  if (refusals.length === 0) return;
  const names = [...new Set(refusals.flatMap(({ allow }) => allow ?? []))];
  const services = [...new Set(refusals.flatMap(({ service }) => service ?? []))];
  const mounts = [...new Set(refusals.flatMap(({ mount }) => mount ?? []))];
  throw new SlopegateError(
    'STACK_REFUSED',
    `The stack would reach out of its arm: ${refusals.map((one) => `${one.path}: ${objectionWords(one)}`).join('; ')}.`,
    {
      location: file,
      hint:
        [
          ...(mounts.length > 0
            ? [`remove the mount (without: ${JSON.stringify(mounts)} in the arm) if the service does not need it`]
            : []),
          ...(services.length > 0
            ? [`remove the service (omit: [${services.join(', ')}] in the arm) if the measurement does not need it`]
            : []),
          ...(names.length > 0 ? [`allow it with stack.allow: [${names.join(', ')}]`] : []),
          ...(names.includes('remote-ports') ? ['use the daemon by ssh://, which needs no open port'] : []),
        ].join(', or ') || 'Change the compose file.',
    },
  );
}
