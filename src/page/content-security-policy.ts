/**
 * Digests of the page's one style and one script. `test/page/policy.test.ts` computes them again and prints the right
 * ones. They are constants for two reasons: a module without I/O has no crypto, and fixed digests say exactly what may
 * run in a signed report.
 */
export const STYLE_HASH = 'sha256-PGc6c6VP7LrtfW3lwkxRZbeTTuWo1S8Uv2i9wHw8dSo=';
export const SCRIPT_HASH = 'sha256-WLEYxq0HYeiut+zUIKIhoT7ADJp2GZ0sNmbHd1xCmIE=';

/**
 * Only this style and this script may run. Nothing may be loaded, framed or sent, and no string becomes markup.
 * @param script null for a page without a script
 */
export function contentSecurityPolicy(style: string = STYLE_HASH, script: string | null = SCRIPT_HASH): string {
  return [
    "default-src 'none'",
    `style-src '${style}'`,
    ...(script === null ? [] : [`script-src '${script}'`]),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
