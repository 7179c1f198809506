import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SlopegateError, type CertificateFiles, type TlsSettings } from '../model/index.js';

/** `TlsSettings` with the contents of its files, which are only kept in memory. */
export interface TlsMaterial {
  /**
   * Authorities for checking the target's certificate (PEM); true for those of this machine, false accepts any
   * certificate.
   */
  readonly verify: boolean | string;
  readonly serverName?: string;
  readonly session: TlsSettings['session'];
  readonly clientCertificates: readonly ClientCertificate[];
}

interface ClientCertificate {
  /** PEM, followed by its chain if there is one. */
  readonly cert: string;
  readonly key: string;
}

/** Reads what a scenario's TLS needs. @throws SlopegateError TRAFFIC_INVALID with the file that cannot be used */
export async function loadTls({
  verify,
  authority,
  serverName,
  session,
  clientCertificates,
}: TlsSettings): Promise<TlsMaterial> {
  return {
    verify: authority === null ? verify : await readWith(authority, 'certificate', (pem) => new X509Certificate(pem)),
    ...(serverName === null ? {} : { serverName }),
    session,
    clientCertificates: await Promise.all(clientCertificates.map(readPair)),
  };
}

async function readPair(files: CertificateFiles): Promise<ClientCertificate> {
  const cert = await readWith(files.cert, 'certificate', (pem) => new X509Certificate(pem));
  const key = await readWith(files.key, 'private key without a passphrase', createPrivateKey);
  if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return { cert, key };
  throw new SlopegateError('TRAFFIC_INVALID', `${files.key} is not the key of ${files.cert}`, { location: files.key });
}

async function readWith(file: string, what: string, parse: (pem: string) => unknown): Promise<string> {
  try {
    const pem = await readFile(file, 'utf8');
    parse(pem);
    return pem;
  } catch (cause) {
    throw new SlopegateError('TRAFFIC_INVALID', `${file} cannot be read as a PEM file with a ${what}`, {
      cause,
      location: file,
      hint: 'traffic.tls names files relative to the scenario; they are read on this machine and never copied',
    });
  }
}
