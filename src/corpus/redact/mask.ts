import { createHmac } from 'node:crypto';

/** A replacement for a secret, with the same number of characters and the same form. */
export type Mask = (secret: string) => string;

/** Letters and digits, plain, percent-encoded or escaped in JSON; and the end of a UTF-8 character. */
const UNIT =
  /%[0-9a-fA-F]{2}|\\u00[0-9a-fA-F]{2}|\\[^u]|[A-Za-z0-9]|(?<=[\xc2-\xf4][\x80-\xbf]{0,2})[\x80-\xbf](?![\x80-\xbf])/g;

/**
 * Replaces letters by other letters and digits by other digits. Signs, percent-escapes and the dots of a JWT stay, so
 * that a target has the same decoding work. The same secret and salt give the same mask. Without the salt, the mask
 * cannot be guessed.
 */
export function createMask(salt: string): Mask {
  return (secret) => {
    let bytes = Buffer.alloc(0);
    let used = 0;
    const draw = (): number => {
      if (used === bytes.length) {
        const block = createHmac('sha256', salt)
          .update(`${used / 32}:`)
          .update(secret, 'latin1')
          .digest();
        bytes = Buffer.concat([bytes, block]);
      }
      return bytes[used++] as number;
    };
    return secret.replace(UNIT, (unit) => {
      if (unit.length === 1) return other(unit, draw());
      if (unit.startsWith('\\') && !unit.startsWith('\\u')) return unit;
      const code = unit.slice(-2);
      const letter = String.fromCharCode(Number.parseInt(code, 16));
      if (!/[A-Za-z0-9]/.test(letter)) return unit;
      const hex = other(letter, draw()).charCodeAt(0).toString(16).padStart(2, '0');
      return unit.slice(0, -2) + (/[a-f]/.test(code) ? hex : hex.toUpperCase());
    });
  };
}

const ALPHABETS = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'] as const;

/** Another character of the same kind, never the same one. */
function other(character: string, drawn: number): string {
  const alphabet = ALPHABETS.find((letters) => letters.includes(character));
  if (alphabet === undefined) return String.fromCharCode(0x80 + ((character.charCodeAt(0) + 1 + (drawn % 63)) & 0x3f));
  const shift = 1 + (drawn % (alphabet.length - 1));
  return alphabet[(alphabet.indexOf(character) + shift) % alphabet.length] as string;
}

/** Another number with the same number of digits, with a leading zero only if there was one. */
export function maskNumber(number: string, mask: Mask): string {
  const masked = mask(number);
  return number.replace(/\d/g, (digit, place: number) => {
    const to = masked[place] as string;
    return to === '0' && !/\d/.test(number[place - 1] ?? '') ? (digit === '1' ? '2' : '1') : to;
  });
}
