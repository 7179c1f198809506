import { createHash } from 'node:crypto';

/** SHA-256 (hex) of a file's text. The journal contains that of the manifest. */
export function textDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
