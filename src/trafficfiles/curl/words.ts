export interface Command {
  readonly line: number;
  readonly words: readonly string[];
  /** False if a quotation mark has no end. */
  readonly whole: boolean;
  /** What the shell would have filled in (`$ID`, `$(date)`); null if the words are complete. */
  readonly unfilled: string | null;
}

const ANSI_C: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};
const PLAIN = /[^\s'"\\;&|$<>`]+|\$(?!')|`/y;
const ANSI_STRING = /\$'((?:[^'\\]|\\[^])*)'/y;
const SINGLE = /'([^']*)'/y;
const DOUBLE = /"((?:[^"\\]|\\[^])*)"/y;
/** Where the output of a command goes; no part of it. */
const OUTPUT = /[0-9&]?>>?&?\s*[^\s'"\\;&|$<>]+/y;
/** A variable, or a command whose output would stand here; or input from elsewhere. */
const UNFILLED = /\$(?:[A-Za-z_]\w*|[{(][^})]*[})]?)|`[^`]*`?|<+/;
const UNFILLED_HERE = new RegExp(UNFILLED, 'y');
/** The sign in front of a command that was copied from a terminal. */
const PROMPT = '$';

/** The commands of a shell script: words without their quotation marks, as byte strings. */
export function* commandsOf(text: string): Generator<Command> {
  let [at, line, begun] = [0, 1, 1];
  let words: string[] = [];
  let word: string | null = null;
  let unfilled: string | null = null;
  const endWord = (): void => {
    if (word !== null && !(words.length === 0 && word === PROMPT)) words.push(word);
    word = null;
  };
  const ended = (whole: boolean): Command => {
    const command = { line: begun, words, whole, unfilled };
    [words, unfilled] = [[], null];
    return command;
  };
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) {
      at = pattern.lastIndex;
      line += match[0].split('\n').length - 1;
    }
    return match;
  };
  const add = (piece: string): void => {
    if (word === null && words.length === 0) begun = line - piece.split('\n').length + 1;
    word = (word ?? '') + piece;
  };
  while (at < text.length) {
    if (text[at] === '#' && word === null && words.length === 0) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
      continue;
    }
    if (text[at] === '>') endWord();
    if (word === null && take(OUTPUT) !== null) continue;
    const quoted = take(SINGLE) ?? take(ANSI_STRING) ?? take(DOUBLE);
    if (quoted !== null) {
      if (quoted[0].startsWith('"')) unfilled ??= unfilledIn(quoted[1] as string);
      add(resolved(quoted[0][0] as string, quoted[1] as string));
    } else {
      UNFILLED_HERE.lastIndex = at;
      unfilled ??= UNFILLED_HERE.exec(text)?.[0] ?? null;
      const plain = take(PLAIN);
      if (plain !== null) add(plain[0]);
      else if (text[at] === '\\') {
        const escaped = text.slice(at + 1, text[at + 1] === '\r' ? at + 3 : at + 2);
        if (escaped.endsWith('\n')) line++;
        else add(escaped);
        at += 1 + escaped.length;
      } else {
        const separator = text[at] as string;
        endWord();
        at++;
        if (separator === '\n') line++;
        if (/[\n;&|]/.test(separator)) {
          if (words.length > 0) yield ended(true);
        } else if (/['"]/.test(separator)) return yield ended(false);
      }
    }
  }
  endWord();
  if (words.length > 0) yield ended(true);
  return undefined;
}

/** The first variable of a text in double quotation marks; one behind a backslash is text. */
function unfilledIn(text: string): string | null {
  return UNFILLED.exec(text.replace(/\\[^]|</g, ''))?.[0] ?? null;
}

/**
 * The text for a shell of what browsers copy for cmd.exe (`curl ^"https://shop.test/^"`): there each special sign has a
 * caret in front of it, and dollars are signs like others.
 */
export function withoutCarets(text: string): string {
  return text
    .replace(/[$`]/g, '\\$&')
    .replace(/\^(\r?\n)(\r?\n)?|\^([^])/g, (_, end?: string, second?: string, sign?: string) =>
      end === undefined ? (sign ?? '') : second === undefined ? ' ' : '\n',
    );
}

function resolved(mark: string, inside: string): string {
  if (mark === "'") return inside;
  if (mark === '"') return inside.replace(/\\(\r?\n|[$`"\\])/g, (_, one: string) => (one.endsWith('\n') ? '' : one));
  return inside.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([^]))/g,
    (_, hex?: string, unicode?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (unicode === undefined) return ANSI_C[letter ?? ''] ?? letter ?? '';
      return Buffer.from(String.fromCharCode(Number.parseInt(unicode, 16)), 'utf8').toString('latin1');
    },
  );
}
