import { maskJson } from './json.js';
import type { Masking } from './masking.js';
import { maskPairs, maskText } from './text.js';

/**
 * Masks the values of secret names in a body (a byte string): forms, JSON, XML and multipart, recognised by the stated
 * type, otherwise by the first characters. In any other body it masks what looks like a token. Lengths do not change,
 * and the body may be malformed.
 */
export function maskBody(type: string, text: string, masking: Masking): string {
  const boundary = /^\s*multipart\/[^]*?boundary="?([^";]+)/i.exec(type)?.[1];
  if (boundary !== undefined) return maskParts(text, boundary.trim(), masking);
  if (/[/+]json\b/i.test(type) || /^\s*[{[]/.test(text)) return maskJson(text, masking);
  if (/[/+]xml\b/i.test(type) || /^\s*</.test(text)) return maskXml(text, masking);
  return /x-www-form-urlencoded/i.test(type) || /^[\w.%[\]-]+=/.test(text)
    ? maskPairs(text, masking)
    : maskText(text, masking);
}

const ELEMENT = /<([^\s<>/!?]+)(\s[^<>]*)?>(<!\[CDATA\[)?([^<]*)/g;
const ATTRIBUTE = /([^\s=]+)(\s*=\s*["'])([^"']*)/g;

function maskXml(text: string, masking: Masking): string {
  return text.replace(
    ELEMENT,
    (_, name: string, attributes: string | undefined, data: string | undefined, value: string) => {
      const kept = attributes?.replace(ATTRIBUTE, (pair, key: string, equals: string, secret: string) =>
        masking.isSecret(key) ? key + equals + masking.mask(secret, key) : pair,
      );
      const end = data === undefined ? value.length : value.lastIndexOf(']]>');
      const masked =
        masking.isSecret(name) && end > 0 ? masking.mask(value.slice(0, end), name) + value.slice(end) : value;
      return `<${name}${kept ?? ''}>${data ?? ''}${masked}`;
    },
  );
}

/** Each part with its stated type. Without a type, its name decides. */
function maskParts(text: string, boundary: string, masking: Masking): string {
  return text
    .split(`--${boundary}`)
    .map((part) => {
      const begin = /\r?\n\r?\n/.exec(part);
      if (begin === null) return part;
      const start = begin.index + begin[0].length;
      const head = part.slice(0, start);
      const content = part.slice(start).replace(/\r?\n$/, '');
      const name = /[;\s]name="?([^";\r\n]*)/i.exec(head)?.[1] ?? '';
      const masked = masking.isSecret(name)
        ? masking.mask(content, name)
        : maskBody(/^content-type:([^\r\n]*)/im.exec(head)?.[1] ?? '', content, masking);
      return head + masked + part.slice(start + content.length);
    })
    .join(`--${boundary}`);
}
