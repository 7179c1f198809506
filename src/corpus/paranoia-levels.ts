import { extname } from 'node:path';
import { lines } from '../requests/index.js';
import { bytesOf, filesUnder } from './files.js';

const RULE = /\bid:\s*'?(\d+)/;
const LEVEL = /\bparanoia-level\/(\d)\b/;

/**
 * The paranoia level of each rule under a folder of ModSecurity rules (`*.conf`): the tag `paranoia-level/2` that
 * follows the rule's id. @throws SlopegateError TRAFFIC_INVALID
 */
export async function readParanoiaLevels(folder: string): Promise<ReadonlyMap<string, number>> {
  const levels = new Map<string, number>();
  for await (const { file, trouble } of filesUnder([folder])) {
    if (trouble !== null || extname(file) !== '.conf') continue;
    let rule: string | null = null;
    for await (const { text } of lines(bytesOf(file))) {
      if (text.trimStart().startsWith('#')) continue;
      rule = RULE.exec(text)?.[1] ?? rule;
      const level = LEVEL.exec(text)?.[1];
      if (rule !== null && level !== undefined) levels.set(rule, Number(level));
    }
  }
  return levels;
}
