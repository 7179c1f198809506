/** A stream that is read until it ends, fails or is closed. */
export interface OpenStream {
  close(): void;
  /** Settles, and never rejects, when nothing more will come. */
  readonly ended: Promise<void>;
}

/** A sidecar of a container; `ended` settles when it is removed. */
export interface OpenSidecar extends OpenStream {
  /** Asks for one document. */
  ask(): void;
}
