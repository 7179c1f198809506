/** What clients speak: HTTP/1, or HTTP/2 with this many requests at most in progress on one connection. */
export type Protocol = { readonly kind: 'http1' } | { readonly kind: 'http2'; readonly streams: number };

/** Headers that belong to one connection and that HTTP/2 does not have (RFC 9113, section 8.2.2), in lower case. */
export const CONNECTION_HEADERS: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'te',
];

/** The one header of a connection that HTTP/2 does have (RFC 9113, section 8.2.2). gRPC calls send it. */
export const isTrailers = (lowerCaseName: string, value: string): boolean =>
  lowerCaseName === 'te' && value.trim().toLowerCase() === 'trailers';

/**
 * TLS to the entry. Paths are absolute; in a recording they are relative to the scenario file. The contents of the
 * files are never written down.
 */
export interface TlsSettings {
  /** Whether the entry's certificate is checked. */
  readonly verify: boolean;
  /** File with the certificate authorities that it is checked against; null for those of this machine. */
  readonly authority: string | null;
  /** Server name to ask for and to check; null asks for none. */
  readonly serverName: string | null;
  /** Whether a connection resumes the session of an earlier one, or makes a new handshake. */
  readonly session: 'reuse' | 'fresh';
  /** Certificates that are shown one after the other, one per connection; empty if there are none. */
  readonly clientCertificates: readonly CertificateFiles[];
}

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/**
 * Each connection begins with a header of the PROXY protocol, which names another client. A balancer in front of the
 * WAF does the same.
 */
export interface ProxyProtocol {
  readonly version: 1 | 2;
  /** Number of different client addresses. Connections use them in turn. */
  readonly addresses: number;
}

/** The first bytes of version 2 of the PROXY protocol, in hexadecimal: section 2.2 of its specification. */
export const PROXY_V2_SIGNATURE = '0d0a0d0a000d0a515549540a';

/**
 * When a client closes a connection by itself: after this many requests, or at the first answer this many seconds after
 * it was opened.
 */
export interface KeepAlive {
  readonly requests?: number;
  readonly seconds?: number;
}
