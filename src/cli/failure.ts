import {
  errorDocument,
  EXIT,
  faultsOfError,
  SlopegateError,
  type Context,
  type ErrorDocument,
  type ExitCode,
} from '../model/index.js';
import { version } from '../run/version.js';
import { annotateFaults } from './ci-options.js';
import { inert } from './inert.js';
import { faultText } from './fault-text.js';
import { palette } from './palette.js';

/** The forms in which an error is reported, beside the text on standard error. */
export interface ErrorForms {
  /** As a JSON document on standard output. */
  readonly json: boolean;
  /** As annotations of a CI system. */
  readonly annotate: boolean;
}

/** The forms that a command line asks for. It is read without commander, because commander itself may refuse it. */
export function errorForms(argv: readonly string[]): ErrorForms {
  const formats = argv.map((word, place) => (word === '--format' ? `--format=${argv[place + 1]}` : word));
  return {
    json: formats.includes('--json') || formats.includes('--format=json'),
    annotate: argv.some((word) => word === '--annotate' || word.startsWith('--annotate=')),
  };
}

/** Reports an error to the person, and to programs that asked for it; returns the exit code. */
export function reportFailure(error: unknown, context: Context, forms?: ErrorForms): ExitCode {
  const exit = tellPerson(error, context);
  if (forms?.json) context.out.write(`${JSON.stringify(documentOf(error), null, 2)}\n`);
  if (forms?.annotate && error instanceof SlopegateError && error.code !== 'INTERRUPTED')
    annotateFaults(faultsOfError(error), context);
  return exit;
}

const documentOf = (error: unknown): ErrorDocument => errorDocument(error, version());

/** Says what went wrong, where, why and what to do. */
function tellPerson(error: unknown, context: Context): ExitCode {
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
