import { valueOf, type RequestParts } from '../../requests/index.js';
import { maskBody } from './body.js';
import { maskHeader } from './header.js';
import type { Masking } from './masking.js';
import { maskRaw } from './raw.js';
import { maskUrl } from './text.js';

/**
 * Replaces secrets with what tells as little and as much as needed: of the same length and shape, so that sizes stay
 * and a target decodes as much; the same for the same secret, so that a leak of keys stays one; and, without the salt,
 * not to be guessed. Covers secret headers, cookies, and what has a telling name in the target and in bodies.
 */
export function createRedactor(masking: Masking): (parts: RequestParts) => RequestParts {
  return (parts) => {
    const type = valueOf(parts.headers, 'content-type') ?? '';
    const { body } = parts;
    if (parts.raw !== undefined) {
      const raw = maskRaw(Buffer.from(parts.raw), parts.headers, masking);
      return {
        // What describes the bytes is masked alike, and not counted again.
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

/** Whether a body is packed, so that nobody can look into it for secrets. */
export function isPacked({ headers, body }: Pick<RequestParts, 'headers' | 'body'>): boolean {
  const coding = valueOf(headers, 'content-encoding')?.trim().toLowerCase() ?? '';
  return body !== null && coding !== '' && coding !== 'identity';
}
