import { SECRET_NAME, type Mask } from './mask.js';

const TOKEN = /["{}[\],]|-?\d[\d.eE+-]*/g;
const NAME_END = /\s*:/y;

/**
 * Masks strings and numbers under secret names, at any depth below them; reads tokens only, so that broken JSON is no
 * obstacle.
 */
export function maskJson(text: string, mask: Mask): string {
  let masked = '';
  let copied = 0;
  let depth = 0;
  /** Depth of the object or list that a secret name holds. */
  let within = Number.POSITIVE_INFINITY;
  /** The next value belongs to a secret name. */
  let named = false;
  const put = (from: number, to: number, by: string): void => {
    masked += text.slice(copied, from) + by;
    copied = to;
  };
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [found] = token;
    const secret = named || depth >= within;
    if (found === '"') {
      const from = token.index + 1;
      const to = endOfString(text, from);
      TOKEN.lastIndex = to + 1;
      NAME_END.lastIndex = to + 1;
      if (NAME_END.test(text)) named = SECRET_NAME.test(text.slice(from, to));
      else if (secret) put(from, to, mask(text.slice(from, to)));
    } else if (found === '{' || found === '[') {
      depth++;
      if (named) within = Math.min(within, depth);
      named = false;
    } else if (found === '}' || found === ']') {
      if (depth === within) within = Number.POSITIVE_INFINITY;
      depth--;
    } else if (found === ',') named = false;
    else if (secret) put(token.index, TOKEN.lastIndex, maskNumber(found, mask));
  }
  return masked + text.slice(copied);
}

/** Another number of as many digits, none of them a leading zero. */
function maskNumber(number: string, mask: Mask): string {
  const letters = mask(number);
  return number.replace(/\d/g, (_, place: number) => String(1 + (Number.parseInt(letters[place] as string, 16) % 9)));
}

/** Where the string's closing quote is, or the end of the text. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at++;
  }
  return text.length;
}
