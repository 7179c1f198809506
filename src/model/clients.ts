/** What clients speak: HTTP/1, or HTTP/2 with at most so many requests under way on one connection. */
export type Protocol = { readonly kind: 'http1' } | { readonly kind: 'http2'; readonly streams: number };

/** Headers that belong to one connection and that HTTP/2 has not (RFC 9113, section 8.2.2), in lower case. */
export const CONNECTION_HEADERS: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'te',
];

/** The one header of a connection that HTTP/2 has (RFC 9113, section 8.2.2); calls of gRPC carry it. */
export const isTrailers = (lowerCaseName: string, value: string): boolean =>
  lowerCaseName === 'te' && value.trim().toLowerCase() === 'trailers';

/**
 * TLS towards the entry. Paths are absolute, in a recording relative to the scenario file; what they hold is never
 * written down.
 */
export interface TlsSettings {
  /** Whether the entry's certificate is checked. */
  readonly verify: boolean;
  /** File of the authorities to check it against; null for those of this machine. */
  readonly authority: string | null;
  /** Server name to ask for and to check; null asks for none. */
  readonly serverName: string | null;
  /** Whether a connection takes up the session of an earlier one, or shakes hands anew. */
  readonly session: 'reuse' | 'fresh';
  /** Shown in turn, one for each connection; none if the list is empty. */
  readonly clientCertificates: readonly CertificateFiles[];
}

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/**
 * When a client closes a connection by itself: after so many requests, or at the first answer so many seconds after it
 * opened.
 */
export interface KeepAlive {
  readonly requests?: number;
  readonly seconds?: number;
}
