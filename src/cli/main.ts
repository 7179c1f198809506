import { Command, CommanderError } from 'commander';
import { EXIT, SlopegateError, type Context } from '../model/index.js';
import type { Action } from './action.js';
import { analyzeCommand } from './commands/analyze.js';
import { bisectCommand } from './commands/bisect.js';
import { bundleCommand } from './commands/bundle.js';
import { calibrateCommand } from './commands/calibrate.js';
import { compareCommand } from './commands/compare.js';
import { completionCommand } from './commands/completion.js';
import { diffCommand } from './commands/diff.js';
import { doctorCommand } from './commands/doctor.js';
import { explainCommand } from './commands/explain.js';
import { historyCommand } from './commands/history.js';
import { huntCommand } from './commands/hunt.js';
import { importCommand } from './commands/import.js';
import { initCommand } from './commands/init.js';
import { ladderCommand } from './commands/ladder.js';
import { mergeCommand } from './commands/merge.js';
import { narrowCommand } from './commands/narrow.js';
import { planCommand } from './commands/plan.js';
import { pruneCommand } from './commands/prune.js';
import { remedyCommand } from './commands/remedy.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { selftestCommand } from './commands/selftest.js';
import { stackCommand } from './commands/stack.js';
import { validateCommand } from './commands/validate.js';
import { processContext, type OpenContext } from './context.js';
import { errorForms, reportFailure } from './failure.js';
import { verifyCommand } from './commands/verify.js';
import { version } from '../run/version.js';

const EXIT_HELP = `
Exit codes:
  0 pass    1 fail    2 usage or scenario error    3 inconclusive
  4 invalid run    5 environment (Docker, disk, images)    130 interrupted`;

/**
 * The command line: arguments → stages → exit code. Never throws and never exits the process.
 * @param argv arguments after the program's name
 */
export async function main(argv: readonly string[], open: OpenContext = processContext()): Promise<number> {
  try {
    const exit = await act(argv, open.context);
    return (await open.fault?.()) ?? exit;
  } finally {
    open.close();
  }
}

async function act(argv: readonly string[], context: Context): Promise<number> {
  try {
    const action = parse(argv, context);
    return action === null ? EXIT.pass : await action(context);
  } catch (error) {
    if (error instanceof CommanderError) return commandFailure(error, argv, context);
    return reportFailure(error, context, errorForms(argv));
  }
}

/** Errors of the command line's own parser, in the form of every other error. */
function commandFailure(
  { code, exitCode, message: complaint }: CommanderError,
  argv: readonly string[],
  context: Context,
): number {
  if (exitCode === 0) return EXIT.pass;
  const [command = ''] = argv;
  // Help was requested, or shown because something was not found.
  if (code === 'commander.help') return EXIT.usage;
  const known = !command.startsWith('-') && code !== 'commander.unknownCommand';
  const hint = `see "slopegate${known ? ` ${command}` : ''} --help"`;
  const error = new SlopegateError('USAGE', complaint.replace(/^error: /, ''), { hint });
  return reportFailure(error, context, errorForms(argv));
}

function parse(given: readonly string[], context: Context): Action | null {
  // Users try both of these first.
  const argv = ['-v', 'version'].includes(given[0] ?? '') ? ['--version'] : given;
  let chosen: Action | null = null;
  const choose = (action: Action): void => {
    chosen = action;
  };
  const program = new Command('slopegate')
    .description('Tells you, before the upgrade, whether the new version of your WAF grows in memory.')
    .version(version(), '-V, --version')
    .helpCommand(true)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.out.write(text),
      writeErr: (text) => context.err.write(text),
      outputError: () => {},
    })
    .addHelpText(
      'after',
      `
Examples:
  slopegate doctor                                      what this host can do
  slopegate validate scenarios/modsecurity-crs/upgrade.yaml
  slopegate run scenarios/modsecurity-crs/upgrade.yaml  compare the two versions
  slopegate analyze reports/RUN                         judge a recorded run again
${EXIT_HELP}`,
    );
  for (const define of [
    runCommand,
    compareCommand,
    analyzeCommand,
    mergeCommand,
    reportCommand,
    historyCommand,
    diffCommand,
    bundleCommand,
    verifyCommand,
    validateCommand,
    stackCommand,
    initCommand,
    planCommand,
    huntCommand,
    explainCommand,
    narrowCommand,
    remedyCommand,
    ladderCommand,
    bisectCommand,
    importCommand,
    calibrateCommand,
    doctorCommand,
    selftestCommand,
    pruneCommand,
    completionCommand,
  ])
    define(program, choose);
  for (const command of program.commands)
    command.exitOverride().configureOutput({
      writeOut: (text) => context.out.write(text),
      writeErr: (text) => context.err.write(text),
      outputError: () => {},
    });
  if (argv.length === 0) {
    program.outputHelp({ error: true });
    throw new SlopegateError('USAGE', 'no command given', { hint: 'see "slopegate --help"' });
  }
  program.parse([...argv], { from: 'user' });
  return chosen;
}
