/**
 * Digests of the page's one style and one script. `test/page/policy.test.ts` computes them again and prints the right
 * ones. They are constants for two reasons: a module without I/O has no crypto, and fixed digests say exactly what may
 * run in a signed report.
 */
export const STYLE_HASH = 'sha256-ZdGudNGlorOb8YMGSjCBUFVVfVoeOHee95hcGrFFYk0=';
export const SCRIPT_HASH = 'sha256-WLEYxq0HYeiut+zUIKIhoT7ADJp2GZ0sNmbHd1xCmIE=';

/** Only the style and the script above may run. Nothing may be loaded, framed or sent, and no string becomes markup. */
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
