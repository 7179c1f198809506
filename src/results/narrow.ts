/** What differs between the two images and is exchanged as one. */
export interface NarrowPart {
  /** Name of the package, or the path. */
  readonly name: string;
  /** A package; a shared library or another file without a package; a file below `/etc`; a folder of many files. */
  readonly kind: 'package' | 'library' | 'file' | 'configuration' | 'folder';
  /** Version of the package in each image; null if it is not there, or is no package. */
  readonly baseline: string | null;
  readonly candidate: string | null;
  /** Files that differ. */
  readonly files: number;
}
