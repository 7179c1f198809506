import { isIPv4 } from 'node:net';
import { PROXY_V2_SIGNATURE, type ProxyProtocol } from '../model/index.js';
import { clientAddresses } from '../traffic/index.js';

const SIGNATURE = Buffer.from(PROXY_V2_SIGNATURE, 'hex');
/** Version 2, a connection on behalf of a client. */
const VERSION_AND_COMMAND = 0x21;
const TCP_OVER_IPV4 = 0x11;
const ADDRESS_BYTES = 12;
/** What a client's own port may be. */
const FIRST_PORT = 1024;
const PORTS = 64_000;

/**
 * What a connection sends before everything else, so that the entry takes it for that of another client. Connection
 * `n` has address `n` of the clients.
 * Source: the PROXY protocol, sections 2.1 and 2.2, haproxy.org/download/3.0/doc/proxy-protocol.txt.
 */
export function proxyHeaders(
  { version, addresses }: ProxyProtocol,
  seed: number,
  target: { readonly host: string; readonly port: number },
): (connection: number) => Buffer {
  const addressOf = clientAddresses(seed, addresses);
  const destination = isIPv4(target.host) ? target.host : '127.0.0.1';
  return (connection) => {
    const source = addressOf(connection);
    const port = FIRST_PORT + (connection % PORTS);
    return version === 1
      ? Buffer.from(`PROXY TCP4 ${source} ${destination} ${port} ${target.port}\r\n`)
      : binary(source, destination, port, target.port);
  };
}

function binary(source: string, destination: string, port: number, targetPort: number): Buffer {
  const header = Buffer.alloc(SIGNATURE.length + 4 + ADDRESS_BYTES);
  SIGNATURE.copy(header);
  header.set([VERSION_AND_COMMAND, TCP_OVER_IPV4, 0, ADDRESS_BYTES], SIGNATURE.length);
  header.set([...source.split('.'), ...destination.split('.')].map(Number), SIGNATURE.length + 4);
  header.writeUInt16BE(port, header.length - 4);
  header.writeUInt16BE(targetPort, header.length - 2);
  return header;
}
