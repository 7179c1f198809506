import { connect, createServer, type AddressInfo } from 'node:net';

/** What a header of the PROXY protocol says. */
interface ProxyHeader {
  readonly version: 1 | 2;
  /** Null if the connection names no other client. */
  readonly source: { readonly address: string; readonly port: number } | null;
  readonly destinationPort: number | null;
}

export interface ProxiedServer extends AsyncDisposable {
  readonly port: number;
  readonly headers: readonly ProxyHeader[];
}

/** Takes the header of the PROXY protocol off each connection, and passes the rest on to a server on this host. */
export async function startProxied(behind: number): Promise<ProxiedServer> {
  const headers: ProxyHeader[] = [];
  const server = createServer((client) => {
    client.on('error', () => {});
    client.once('data', (first) => {
      const { header, length } = headerOf(first);
      headers.push(header);
      const upstream = connect(behind, '127.0.0.1');
      upstream.on('error', () => client.destroy());
      client.on('close', () => upstream.destroy());
      upstream.write(first.subarray(length));
      client.pipe(upstream).pipe(client);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    headers,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Sections 2.1 and 2.2 of haproxy.org/download/3.0/doc/proxy-protocol.txt, as a server reads them. */
function headerOf(bytes: Buffer): { readonly header: ProxyHeader; readonly length: number } {
  const line = /^PROXY (?:UNKNOWN|TCP4 (\S+) \S+ (\d+) (\d+))\r\n/.exec(bytes.toString('latin1'));
  if (line !== null) {
    const [{ length }, address, port, destination] = line;
    const source = address === undefined ? null : { address, port: Number(port) };
    return { header: { version: 1, source, destinationPort: source && Number(destination) }, length };
  }
  if (bytes.subarray(0, 12).toString('latin1') !== '\r\n\r\n\0\r\nQUIT\n') throw new Error('no PROXY header');
  const length = 16 + bytes.readUInt16BE(14);
  if (bytes[12] === 0x20) return { header: { version: 2, source: null, destinationPort: null }, length };
  if (bytes[12] !== 0x21 || bytes[13] !== 0x11) throw new Error('not a TCP connection over IPv4');
  const source = { address: [...bytes.subarray(16, 20)].join('.'), port: bytes.readUInt16BE(24) };
  return { header: { version: 2, source, destinationPort: bytes.readUInt16BE(26) }, length };
}
