/** Options with a value, by their effect; short and long names. */
const WITH_VALUE: Readonly<Record<string, string>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-ascii': 'data',
  '--data-binary': 'data-binary',
  '--data-raw': 'data-raw',
  '--data-urlencode': 'data-urlencode',
  '--json': 'json',
  '-b': 'cookie',
  '--cookie': 'cookie',
  '-A': 'user-agent',
  '--user-agent': 'user-agent',
  '-e': 'referer',
  '--referer': 'referer',
  '-u': 'user',
  '--user': 'user',
  '--url': 'url',
  '-o': 'ignored',
  '--output': 'ignored',
  '-m': 'ignored',
  '--max-time': 'ignored',
  '--connect-timeout': 'ignored',
  '--retry': 'ignored',
  '-w': 'ignored',
  '--write-out': 'ignored',
  '--cacert': 'ignored',
};
const WITHOUT_VALUE: Readonly<Record<string, string>> = {
  '-I': 'head',
  '--head': 'head',
  '-G': 'get',
  '--get': 'get',
  '-0': 'http1.0',
  '--http1.0': 'http1.0',
  '--globoff': 'globoff',
  '-g': 'globoff',
  '--path-as-is': 'path-as-is',
  '--compressed': 'compressed',
};
/** Options that do not change the request itself. */
const IGNORED = new Set(
  [
    '-s --silent -S --show-error -k --insecure -v --verbose -i --include -f --fail -L --location -N --no-buffer -O',
    '--http1.1 --http2',
  ].flatMap((line) => line.split(' ')),
);

export interface Option {
  readonly name: string;
  readonly value: string;
}

/** The options of a curl command, with its URLs as options `url`. The second result is the first unknown word. */
export function optionsOf(words: readonly string[]): {
  readonly options: readonly Option[];
  readonly unknown: string | null;
} {
  const options: Option[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const glued = /^-[A-Za-z]./.test(word) ? word.slice(0, 2) : word;
    if (!word.startsWith('-') || word === '-') options.push({ name: 'url', value: word });
    else if (Object.hasOwn(WITHOUT_VALUE, word)) options.push({ name: WITHOUT_VALUE[word] as string, value: '' });
    else if (IGNORED.has(word)) continue;
    else if (Object.hasOwn(WITH_VALUE, glued)) {
      const value = glued === word ? words[++i] : word.slice(2);
      if (value === undefined) return { options, unknown: word };
      options.push({ name: WITH_VALUE[glued] as string, value });
    } else if (/^-[sSkvifLN]+$/.test(word)) continue;
    else return { options, unknown: word };
  }
  return { options, unknown: null };
}
