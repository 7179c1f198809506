import { createHmac } from 'node:crypto';

/** Letters in place of a secret, as many as it has. */
export type Mask = (secret: string) => string;

/** Names of parameters, fields and elements whose values are secrets. */
export const SECRET_NAME = /token|secret|session|passw|pwd|api[-_]?key|auth(?!or)|jwt|signature|otp|pin$/i;

/** The same letters for the same secret and salt; without the salt, not to be guessed. */
export function createMask(salt: string): Mask {
  return (secret) => {
    let letters = '';
    for (let block = 0; letters.length < secret.length; block++)
      letters += createHmac('sha256', salt).update(`${block}:`).update(secret, 'latin1').digest('hex');
    return letters.slice(0, secret.length);
  };
}

const PAIR = /([?&]|^)([^=&?#]+)=([^&#]+)/g;

/** Values of secret names in a query or a form. */
export function maskPairs(text: string, mask: Mask): string {
  return text.replace(PAIR, (pair, before: string, name: string, value: string) =>
    SECRET_NAME.test(name) ? `${before}${name}=${mask(value)}` : pair,
  );
}
