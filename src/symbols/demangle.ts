/** Constructors and destructors have codes in place of names. */
const SPECIAL = /^[CD][0-9]/;

/**
 * The qualified name in a mangled C++ name, without the types of its arguments. A name with templates, operators or
 * anything else that is not a plain series of names stays as it is.
 * @example demangle('_ZN11modsecurity9operators14ValidateSchema8evaluateEPNS_11TransactionE')
 * // 'modsecurity::operators::ValidateSchema::evaluate'
 */
export function demangle(name: string): string {
  const nested = /^_ZNK?/.exec(name);
  const parts: string[] = [];
  let rest = name.slice(nested?.[0].length ?? '_Z'.length);
  if (!name.startsWith('_Z')) return name;
  for (;;) {
    const std = parts.length === 0 && rest.startsWith('St');
    const length = /^\d+/.exec(rest)?.[0];
    if (std) {
      parts.push('std');
      rest = rest.slice(2);
    } else if (length !== undefined) {
      parts.push(rest.slice(length.length, length.length + Number(length)));
      rest = rest.slice(length.length + Number(length));
      if (nested === null) return parts.join('::');
    } else if (SPECIAL.test(rest) && parts.length > 0) {
      parts.push(`${rest.startsWith('D') ? '~' : ''}${parts.at(-1)}`);
      rest = rest.slice(2);
    } else return nested !== null && rest.startsWith('E') && parts.length > 0 ? parts.join('::') : name;
  }
}
