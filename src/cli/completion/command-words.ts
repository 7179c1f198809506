import type { Command, Option } from 'commander';

/** An option as a shell completes it. */
export interface OptionWords {
  /** With its dashes: `--out`. */
  readonly name: string;
  readonly description: string;
  /** What follows it: nothing, one of some words, or anything, for which the shell offers files. */
  readonly value: 'none' | 'any' | readonly string[];
}

/** A command as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
}

/** All commands of a program, read from its own definitions, so that no completion can be out of date. */
export function commandWords(program: Command): readonly CommandWords[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: oneLine(command.description()),
    options: [...command.options.map(optionWords), HELP],
  }));
}

const HELP: OptionWords = { name: '--help', description: 'show the help of this command', value: 'none' };

function optionWords({ long, short, description, required, optional, argChoices }: Option): OptionWords {
  const value = required || optional ? (argChoices ?? 'any') : 'none';
  return { name: long ?? short ?? '', description: oneLine(description), value };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
