/** Makes foreign text (names, labels, image tags, log lines) safe to show: one place for every format. */

// Control characters move cursors and end XML documents; bidi overrides can make a signed page read differently from
// what it says.
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const UNSHOWABLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/g;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Replaces what must not be shown by U+FFFD; tabs and line feeds stay. */
export function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNSHOWABLE, '\uFFFD').replace(LONE_SURROGATE, '\uFFFD');
}

/** The same as text of HTML, XML or Markdown: no markup begins in it. */
export function withoutMarkup(text: string): string {
  return plain(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** The same on one line. */
export function oneLine(text: string): string {
  return plain(text).replace(/\s+/g, ' ').trim();
}
