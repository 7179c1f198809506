import type { Use } from './mount-decisions.js';
import { below, isWithin } from '../../hostpaths/host-path.js';

/** A host path that is copied to a volume of the arm's own. */
export interface Root {
  readonly real: string;
  /** The volume's key in the model. */
  readonly key: string;
  readonly kind: 'file' | 'folder';
  /** The first service that mounts it. */
  readonly service: string;
  /** Paths within it that are mounted separately. They must exist even if the host does not have them. */
  readonly within: readonly string[];
}

/** The outermost paths that are copied. A path inside another one becomes part of the same volume. */
export function rootsOf(uses: readonly Use[]): Root[] {
  const copied = uses.filter(({ decision }) => decision === 'copied');
  const outermost = copied.filter(
    ({ real }, index) =>
      copied.findIndex((other) => other.real === real) === index &&
      !copied.some((other) => other.real !== real && isWithin(real, other.real)),
  );
  return outermost.map(({ real, service, found }, index) => ({
    real,
    key: `slopegate-copy-${index + 1}`,
    kind: found.kind === 'file' ? 'file' : 'folder',
    service,
    within: [
      ...new Set(
        copied
          .filter((other) => other.real !== real && isWithin(other.real, real) && other.found.kind !== 'file')
          .map((other) => below(other.real, real)),
      ),
    ],
  }));
}

/** The root that serves a copied use, and the path of the use within its volume. */
export function servedFrom(use: Use, roots: readonly Root[]): { readonly root: Root; readonly subpath: string } {
  const root = roots.find(({ real }) => isWithin(use.real, real))!;
  const name = root.real.split('/').at(-1) ?? '';
  return { root, subpath: root.kind === 'file' ? name : below(use.real, root.real) };
}
