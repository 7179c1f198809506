/**
 * An image's name without its tag and digest; a colon before a slash is a port.
 *
 * @example
 * repositoryOf('registry:5000/vendor/waf:1.4@sha256:…'); // registry:5000/vendor/waf
 */
export function repositoryOf(image: string): string {
  const name = image.split('@')[0] ?? '';
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

/**
 * Whether a pattern of `arms.X.images` means this image: `*` stands for anything.
 *
 * @example
 * meansImage('vendor/*', 'vendor/waf'); // true
 */
export function meansImage(pattern: string, repository: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const expression = new RegExp(`^${escaped.join('.*')}$`);
  // The name of Docker's own registry may be written or omitted.
  return [repository, repository.replace(/^docker\.io\/(?:library\/)?/, '')].some((name) => expression.test(name));
}
