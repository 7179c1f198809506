import { connect as connectTcp, type Socket } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  type ConnectionOptions,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { RequestBehaviour } from '../model/index.js';
import type { TlsMaterial } from './tls-material.js';

/** How one connection differs from the others. */
export type ConnectionWish = Pick<RequestBehaviour, 'clientCertificate' | 'session'>;

export interface Connector {
  /** Opens a socket. `onOpen` is called when it can carry a request. */
  open(onOpen: () => void, wish?: ConnectionWish): Socket;
  /** Connections that were established, and how many of them resumed an earlier session. */
  counts(): { readonly opened: number; readonly resumed: number };
}

interface Target {
  readonly host: string;
  readonly port: number;
}

/** Name of the protocol in the TLS handshake (ALPN). */
export type AlpnProtocol = 'http/1.1' | 'h2';

/**
 * Opens the connections of one replay, which has its own TLS sessions.
 * @param headerOf what connection `n` sends before everything else; null for nothing
 */
export function createConnector(
  { host: stated, port }: Target,
  tls: TlsMaterial | null,
  spoken: AlpnProtocol,
  headerOf: ((connection: number) => Buffer) | null = null,
): Connector {
  const host = stated.startsWith('[') ? stated.slice(1, -1) : stated;
  const counts = { opened: 0, resumed: 0 };
  let begun = 0;
  const dial = (): Socket => {
    const socket = connectTcp({ host, port, noDelay: true });
    if (headerOf !== null) socket.write(headerOf(begun++));
    return socket;
  };
  if (tls !== null) return secure(dial, tls, spoken, counts);
  return {
    open(onOpen) {
      return dial().once('connect', () => {
        counts.opened += 1;
        onOpen();
      });
    },
    counts: () => counts,
  };
}

function secure(
  dial: () => Socket,
  tls: TlsMaterial,
  spoken: AlpnProtocol,
  counts: { opened: number; resumed: number },
): Connector {
  const options: ConnectionOptions = {
    rejectUnauthorized: tls.verify !== false,
    ALPNProtocols: [spoken],
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
  };
  const identities = identitiesOf(tls);
  let turn = 0;
  const inTurn = (): number => (tls.clientCertificates.length === 0 ? 0 : 1 + (turn++ % tls.clientCertificates.length));
  return {
    open(onOpen, wish = {}) {
      // A session belongs to the certificate with which it was made.
      const identity = identities[wish.clientCertificate ?? inTurn()] as Identity;
      const reuses = (wish.session ?? tls.session) === 'reuse';
      const socket: TLSSocket = connectTls(
        {
          ...options,
          socket: dial(),
          secureContext: identity.context,
          ...(reuses && identity.session !== null ? { session: identity.session } : {}),
        },
        () => {
          if (spoken === 'h2' && socket.alpnProtocol !== 'h2') {
            socket.destroy(new Error('the entry does not agree to HTTP/2'));
            return;
          }
          counts.opened += 1;
          if (socket.isSessionReused()) counts.resumed += 1;
          onOpen();
        },
      );
      if (reuses) socket.on('session', (latest: Buffer) => (identity.session = latest));
      return socket;
    },
    counts: () => counts,
  };
}

interface Identity {
  readonly context: SecureContext;
  /** The latest session of a connection with this certificate. */
  session: Buffer | null;
}

/** The client without a certificate, followed by those with one. */
function identitiesOf({ verify, clientCertificates }: TlsMaterial): readonly Identity[] {
  const authority = typeof verify === 'string' ? { ca: verify } : {};
  return [{}, ...clientCertificates].map((pair) => ({
    context: createSecureContext({ ...authority, ...pair }),
    session: null,
  }));
}
