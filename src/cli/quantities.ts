import { SlopegateError } from '../model/index.js';
import { bytes, duration, rate } from '../schema/index.js';

const READERS = { duration: { read: duration, example: '60s' }, rate: { read: rate, example: '75/s' } } as const;

/** `60s` or `75/s` of a flag, in seconds or per second. @throws SlopegateError USAGE */
export function parsePlain(flag: string, text: string, kind: keyof typeof READERS): number {
  const { read, example } = READERS[kind];
  const parsed = read().safeParse(text.trim());
  if (parsed.success && (parsed.data > 0 || kind === 'duration')) return parsed.data;
  throw new SlopegateError('USAGE', `${flag} ${JSON.stringify(text)} is not a ${kind}`, {
    hint: `for example ${flag} ${example}`,
  });
}

/** `32 B/request` or `2400 B/s` in bytes. @throws SlopegateError USAGE */
export function parseMargin(text: string): { readonly bytes: number; readonly per: 'request' | 's' } {
  const [, amount = '', per = ''] = /^(.*?)\s*\/\s*(req|request|s|sec|second)$/.exec(text.trim()) ?? [];
  const parsed = bytes().safeParse(amount);
  if (parsed.success && parsed.data > 0) return { bytes: parsed.data, per: per.startsWith('s') ? 's' : 'request' };
  throw new SlopegateError('USAGE', `--margin ${JSON.stringify(text)} is not a growth above 0`, {
    hint: 'for example --margin "32 B/request" or --margin "2400 B/s"',
  });
}

/** `8B`, `8 B/request` or `1KiB/request` in bytes per request. @throws SlopegateError USAGE */
export function parseGrowth(flag: string, text: string): number {
  const parsed = bytes().safeParse(text.trim().replace(/\s*\/\s*(req|request)$/, ''));
  if (parsed.success && parsed.data > 0) return parsed.data;
  throw new SlopegateError('USAGE', `${flag} ${JSON.stringify(text)} is not a growth above 0`, {
    hint: `for example ${flag} 8B or ${flag} "8 B/request"`,
  });
}
