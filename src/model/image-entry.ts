/** A file, folder or link of an image. */
export interface ImageEntry {
  readonly kind: 'file' | 'link' | 'folder' | 'other';
  /** SHA-256 of a file; where a link leads. Empty for everything else. */
  readonly content: string;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Everything in an image: path without the first slash → entry. */
export type ImageTree = ReadonlyMap<string, ImageEntry>;
