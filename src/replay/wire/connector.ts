import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';

export interface TlsSettings {
  /** Server name to ask for and to verify. */
  readonly serverName?: string;
  /** Authorities to trust; without any, whatever certificate the target shows is taken. */
  readonly ca?: string;
  /** Certificate and key to show. */
  readonly certificate?: string;
  readonly key?: string;
  /** Whether a later connection takes up the session of an earlier one. */
  readonly reuseSessions?: boolean;
}

export interface Connector {
  /** A socket on its way; `onOpen` is called once it can carry a request. */
  open(onOpen: () => void): Socket;
}

export function createConnector(target: { readonly host: string; readonly port: number }, tls: TlsSettings | null): Connector {
  const host = target.host.startsWith('[') ? target.host.slice(1, -1) : target.host;
  if (tls === null) return { open: (onOpen) => connectTcp({ host, port: target.port, noDelay: true }, onOpen) };
  const options: ConnectionOptions = {
    host,
    port: target.port,
    rejectUnauthorized: tls.ca !== undefined,
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
  };
  let session: Buffer | null = null;
  return {
    open(onOpen) {
      const socket: TLSSocket = connectTls(session === null ? options : { ...options, session }, onOpen);
      socket.setNoDelay(true);
      if (tls.reuseSessions !== false) socket.on('session', (latest: Buffer) => (session = latest));
      return socket;
    },
  };
}
