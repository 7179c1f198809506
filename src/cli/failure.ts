import { EXIT, SlopegateError, type Context, type ExitCode } from '../model/index.js';
import { inert } from './inert.js';
import { faultText } from './fault-text.js';
import { palette } from './palette.js';

/** Tells a person what went wrong, where, why and what to do; returns the exit code. */
export function reportFailure(error: unknown, context: Context): ExitCode {
  const colours = palette(context.err);
  if (!(error instanceof SlopegateError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.err.write(`${colours.red('error')} INTERNAL: an unexpected error in slopegate\n${inert(text)}\n`);
    context.err.write(
      '  hint: the recording is kept in the run directory; "slopegate prune" removes containers that are left\n',
    );
    return EXIT.environment;
  }
  if (error.code === 'INTERRUPTED') {
    context.err.write(`${colours.yellow('interrupted')}${error.hint ? `: ${inert(error.hint)}` : ''}\n`);
    return EXIT.interrupted;
  }
  if (error.faults.length > 0) {
    context.err.write(error.faults.map((fault) => faultText(fault, colours)).join('\n'));
    return error.exitCode;
  }
  const place = error.location ? `${colours.bold(inert(error.location))}\n` : '';
  context.err.write(`${place}${colours.red('error')} ${error.code}: ${inert(error.message)}\n`);
  if (error.reason !== null) context.err.write(`  cause: ${inert(error.reason)}\n`);
  if (error.hint) context.err.write(`  hint: ${inert(error.hint)}\n`);
  return error.exitCode;
}
