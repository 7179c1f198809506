import type Docker from 'dockerode';

const HEADER_BYTES = 8;

/** The lines of a container's log in a text of ours. Each is marked, so that none looks like ours. */
export function quoted(log: string): string {
  return log
    .split(/\r\n|[\r\n]/)
    .map((line) => `  | ${line}`)
    .join('\n');
}

/** The last lines that a container wrote, both streams; empty if there are none or they cannot be read. */
export async function lastLogLines(docker: Docker, id: string, count: number): Promise<string> {
  try {
    const raw = await docker.getContainer(id).logs({ stdout: true, stderr: true, tail: count, follow: false });
    return demultiplex(raw).trimEnd();
  } catch {
    return '';
  }
}

/**
 * Docker puts a frame around the two streams: one byte for the stream, three zeros, four for the length. The log of a
 * terminal has no frames.
 */
export function demultiplex(raw: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at < raw.length;) {
    const framed = raw.length - at >= HEADER_BYTES && raw[at]! <= 2 && raw.readUIntBE(at + 1, 3) === 0;
    if (!framed) return raw.toString('utf8');
    const from = at + HEADER_BYTES;
    at = from + raw.readUInt32BE(at + 4);
    parts.push(raw.subarray(from, at));
  }
  return Buffer.concat(parts).toString('utf8');
}
