import { textOf } from '../requests/index.js';
import { chunksOf, filesUnder } from './files.js';
import type { FormatName } from './formats.js';

/** As much of a file is looked at. */
const BEGINNING = 64 * 1024;

/** What a beginning looks like, the surest first. */
const LOOKS: readonly (readonly [FormatName, RegExp])[] = [
  ['har', /^PK/],
  ['gor', /^[123] [0-9a-f]+ \d+/],
  ['modsecurity-native', /^-{2,3}[0-9a-zA-Z]+-{1,3}A--\r?$/m],
  ['burp', /<items\s+burpVersion/],
  ['zap', /^={3,4} ?\d+ ==========\r?$|^\s*(?:<\?xml[^>]*>\s*)?<Message>\s*<Headers>/m],
  ['curl', /^\s*curl\s/m],
  ['http', /^[A-Za-z-]+ \S+ HTTP\/\d/],
  ['vegeta', /^[A-Z]+ https?:\/\/\S+\r?$/m],
  ['ftw', /^tests:/m],
  ['modsecurity-json', /^[^{]*\{\s*"transaction"/],
  ['har', /"startedDateTime"|"entries"\s*:\s*\[/],
  ['vegeta', /^\s*\{(?=[^\n]*"method")(?=[^\n]*"url"\s*:\s*"https?:)[^\n]*\}/],
  ['access-log', /^#Fields:|"[A-Z]+ \S+ HTTP\/\d|^\s*\{.*"(?:method|request|request_method|RequestMethod|uri)"/m],
];

/** The format that a file looks like; null if it looks like none, or cannot be read. */
async function recogniseFormat(file: string): Promise<FormatName | null> {
  let text = '';
  try {
    for await (const chunk of textOf(chunksOf(file))) {
      text += chunk.toString('latin1', 0, BEGINNING - text.length);
      if (text.length >= BEGINNING) break;
    }
  } catch {
    return null;
  }
  return LOOKS.find(([, look]) => look.test(text))?.[0] ?? null;
}

/** The format that the first file under these paths looks like, if it looks like any. */
export async function recognised(paths: readonly string[]): Promise<FormatName | null> {
  for await (const { file, trouble } of filesUnder(paths)) {
    const format = trouble === null ? await recogniseFormat(file) : null;
    if (format !== null) return format;
  }
  return null;
}
