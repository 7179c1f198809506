import { Argument, type Command } from 'commander';
import type { Action } from '../action.js';
import { commandWords } from '../completion/command-words.js';
import { SHELLS, type Shell } from '../completion/scripts.js';

export function completionCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('completion')
    .description('print the script with which a shell completes commands and options')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(SHELLS)))
    .addHelpText(
      'after',
      `
Examples:
  slopegate completion bash > ~/.local/share/bash-completion/completions/slopegate
  slopegate completion zsh > "\${fpath[1]}/_slopegate"
  slopegate completion fish > ~/.config/fish/completions/slopegate.fish`,
    )
    .action((shell: Shell) =>
      choose(({ out }) => {
        out.write(SHELLS[shell](commandWords(program)));
        return Promise.resolve(0);
      }),
    );
}
