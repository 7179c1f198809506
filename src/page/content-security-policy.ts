/**
 * Digests of the page's one style and one script; `test/report/policy.test.ts` recomputes them and prints the right
 * ones.
 * They are constants because a pure room has no crypto, and because what may run in a signed report is better pinned
 * than computed.
 */
export const STYLE_HASH = 'sha256-5X3vKl8On9ov5myMkZa1WLj8iypvi31SvwxDR0AG3DE=';
export const SCRIPT_HASH = 'sha256-xuCt3i0y5ryI0V6+JabGyNMu3+FyjhzJno8do6egYEo=';

/** Nothing may be fetched, framed, posted or run but the two pieces above; and no string may become markup. */
export function contentSecurityPolicy(): string {
  return [
    "default-src 'none'",
    `style-src '${STYLE_HASH}'`,
    `script-src '${SCRIPT_HASH}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
