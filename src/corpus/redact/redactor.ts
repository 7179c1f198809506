import { valueOf, type RequestParts } from '../../requests/index.js';
import { maskBody } from './body.js';
import { maskHeader } from './header.js';
import type { Masking } from './masking.js';
import { maskRaw } from './raw.js';
import { maskUrl } from './text.js';

/**
 * Replaces secrets by values of the same length and form, so that sizes stay the same and a target has the same work.
 * The same secret gets the same value, so that a leak of keys stays the same. Without the salt, it cannot be guessed.
 * Covers secret headers, cookies, and values with secret names in the target and in bodies.
 */
export function createRedactor(masking: Masking): (parts: RequestParts) => RequestParts {
  return (parts) => {
    const type = valueOf(parts.headers, 'content-type') ?? '';
    const { body } = parts;
    if (parts.raw !== undefined) {
      const raw = maskRaw(Buffer.from(parts.raw), parts.headers, masking);
      return {
        // The description of the bytes is masked in the same way and not counted again.
        ...describing(parts, { ...masking, mask: masking.silently }),
        body: body === null ? null : raw.subarray(raw.length - body.length),
        raw,
      };
    }
    return {
      ...describing(parts, masking),
      body: body === null ? null : Buffer.from(maskBody(type, Buffer.from(body).toString('latin1'), masking), 'latin1'),
    };
  };
}

function describing(parts: RequestParts, masking: Masking): RequestParts {
  return {
    ...parts,
    target: maskUrl(parts.target, masking),
    headers: parts.headers.map(([name, value]) => [name, maskHeader(name, value, masking)] as const),
  };
}

/** Whether a body is compressed, so that secrets in it cannot be found. */
export function isPacked({ headers, body }: Pick<RequestParts, 'headers' | 'body'>): boolean {
  const coding = valueOf(headers, 'content-encoding')?.trim().toLowerCase() ?? '';
  return body !== null && coding !== '' && coding !== 'identity';
}
