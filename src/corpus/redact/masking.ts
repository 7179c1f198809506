import { createMask, type Mask } from './mask.js';
import { isSecretName } from './secret-name.js';

/** What is masked, and how often for each name. */
export interface Masking {
  /** Whether the value of this name is masked. */
  isSecret(name: string): boolean;
  /** Whether the user asked to keep the value of this name. */
  isKept(name: string): boolean;
  /** Masks the value of a name, and counts it. */
  readonly mask: MaskNamed;
  /** The same, without counting. */
  readonly silently: MaskNamed;
}

type MaskNamed = (secret: string, name: string, how?: (secret: string, mask: Mask) => string) => string;

export interface MaskingOptions {
  readonly salt: string;
  /** Additional names that are masked, and names that are not. They have priority over the words in a name. */
  readonly mask: readonly string[];
  readonly keep: readonly string[];
  readonly onMasked: (name: string) => void;
}

export function createMasking({ salt, mask: also, keep, onMasked }: MaskingOptions): Masking {
  const mask = createMask(salt);
  const [asked, kept] = [also, keep].map((names) => new Set(names.map(plain))) as [Set<string>, Set<string>];
  const silently: MaskNamed = (secret, _, how = (text, by) => by(text)) => how(secret, mask);
  return {
    isSecret: (name) => !kept.has(plain(name)) && (asked.has(plain(name)) || isSecretName(plainCase(name))),
    isKept: (name) => kept.has(plain(name)),
    mask: (secret, name, how) => {
      const masked = silently(secret, name, how);
      if (masked !== secret) onMasked(plain(name));
      return masked;
    },
    silently,
  };
}

/** A name without its encoding, in small letters. */
function plain(name: string): string {
  return plainCase(name).toLowerCase();
}

function plainCase(name: string): string {
  return name
    .replace(/%([0-9a-fA-F]{2})|\\u00([0-9a-fA-F]{2})/g, (_, percent?: string, unicode?: string) =>
      String.fromCharCode(Number.parseInt(percent ?? unicode ?? '', 16)),
    )
    .trim();
}
