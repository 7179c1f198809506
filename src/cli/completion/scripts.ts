import type { CommandWords, OptionWords } from './command-words.js';

/** Shells, each with the script that completes the commands and options of `slopegate`. */
export const SHELLS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Readonly<
  Record<string, (commands: readonly CommandWords[]) => string>
>;
export type Shell = keyof typeof SHELLS;

/** A text as one word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const words = (list: readonly { readonly name: string }[]): string => list.map(({ name }) => name).join(' ');

function bashScript(commands: readonly CommandWords[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap((option) =>
      option.value === 'none'
        ? []
        : [`    ${quoted(`${name} ${option.name}`)}) words=${quoted(choicesOf(option).join(' '))}; files=yes ;;`],
    ),
  );
  const options = commands.map((command) => `      ${command.name}) words=${quoted(words(command.options))} ;;`);
  return `# bash completion of slopegate. To use it: source <(slopegate completion bash)
_slopegate() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} words='' files=''
  case "\${COMP_WORDS[1]} $previous" in
${values.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted(`${words(commands)} help`)}
  elif [ -z "$files" ] && [ "\${current#-}" != "$current" ]; then
    case "\${COMP_WORDS[1]}" in
${options.join('\n')}
    esac
  fi
  # Without a word of ours, bash completes names of files.
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o bashdefault -o default -F _slopegate slopegate
`;
}

function zshScript(commands: readonly CommandWords[]): string {
  const described = commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`);
  const cases = commands.map(({ name, options }) => {
    const specs = options.map((option) => `        ${quoted(zshOption(option))} \\\n`).join('');
    return `    ${name})\n      _arguments \\\n${specs}        '*:file:_files' ;;`;
  });
  return `#compdef slopegate
# zsh completion of slopegate. To use it: source <(slopegate completion zsh)
_slopegate() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${cases.join('\n')}
  esac
}
if [ "\${funcstack[1]}" = _slopegate ]; then _slopegate "$@"; else compdef _slopegate slopegate; fi
`;
}

function zshOption(option: OptionWords): string {
  const text = `*${option.name}[${option.description.replace(/[\\[\]:]/g, '\\$&')}]`;
  if (option.value === 'none') return text;
  return `${text}:value:${option.value === 'any' ? '_files' : `(${choicesOf(option).join(' ')})`}`;
}

function fishScript(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, description, options }) => [
    `complete -c slopegate -n __fish_use_subcommand -f -a ${name} -d ${fishText(description)}`,
    ...options.map((option) => {
      const value =
        option.value === 'none'
          ? ''
          : option.value === 'any'
            ? ' -r -F'
            : ` -x -a ${fishText(choicesOf(option).join(' '))}`;
      const flag = option.name.replace(/^--/, '');
      const text = fishText(option.description);
      return `complete -c slopegate -n '__fish_seen_subcommand_from ${name}' -l ${flag}${value} -d ${text}`;
    }),
  ]);
  return `# fish completion of slopegate. To use it: slopegate completion fish | source\n${lines.join('\n')}\n`;
}

const fishText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const choicesOf = ({ value }: OptionWords): readonly string[] => (typeof value === 'string' ? [] : value);
