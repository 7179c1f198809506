import { open } from 'node:fs/promises';
import { SlopegateError, type ImportFormat } from '../model/index.js';

const HEAD_BYTES = 64 * 1024;
const ACCESS_LINE = /^\S.*"[A-Z]+ \S+ HTTP\/\d(?:\.\d)?"/m;

/** The format of a recording, recognised by its first lines. @throws SlopegateError USAGE */
export async function recordedFormat(file: string): Promise<ImportFormat> {
  const head = await headOf(file);
  if (/^\s*\{/.test(head)) {
    if (/"log"\s*:/.test(head) && /"(?:entries|creator|version)"\s*:/.test(head)) return 'har';
    if (/"transaction"\s*:/.test(head)) return 'modsecurity-json';
    if (/"method"\s*:/.test(head) && /"url"\s*:/.test(head)) return 'vegeta';
  }
  if (/^--[0-9a-zA-Z]+-A--/m.test(head)) return 'modsecurity-native';
  if (/^1 [0-9a-f]+ \d+/m.test(head)) return 'gor';
  if (ACCESS_LINE.test(head)) return 'access-log';
  if (/^[A-Z]+ \S+ HTTP\/1\.[01]\r?$/m.test(head)) return 'http';
  throw new SlopegateError('USAGE', `${file}: slopegate does not know this kind of recording`, {
    hint: 'access logs, HAR, ModSecurity audit logs, GoReplay, vegeta and raw HTTP can be read (docs/traffic.md)',
  });
}

async function headOf(file: string): Promise<string> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } catch (cause) {
    throw new SlopegateError('USAGE', `Cannot read the recorded traffic ${file}`, {
      cause,
      hint: 'give the path of a file',
    });
  }
}
