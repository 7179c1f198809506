import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/;

/** Variables of the `.env` file beside a compose file; empty if there is no such file. */
export async function dotEnv(folder: string): Promise<Readonly<Record<string, string>>> {
  const file = join(folder, '.env');
  // A pipe may never end.
  const isFile = (await stat(file).catch(() => null))?.isFile() === true;
  const text = isFile ? await readFile(file, 'utf8').catch(() => '') : '';
  const lines = text.split('\n').flatMap((line): [string, string][] => {
    const [, name, value = ''] = LINE.exec(line) ?? [];
    return name === undefined ? [] : [[name, unquoted(value)]];
  });
  return Object.fromEntries(lines);
}

function unquoted(value: string): string {
  const [, , inner] = /^(["'])(.*)\1$/.exec(value) ?? [];
  return inner ?? value.replace(/\s+#.*$/, '');
}
