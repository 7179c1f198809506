/**
 * How fast `slopegate import` reads, and that its memory does not grow with the length of what it reads.
 *
 *   npm run build && node bench/import.mjs [--formats access-log,gor,har,modsecurity-json] [--gigabytes 0.5,5]
 * [--folder DIR]
 *
 * The input is made on the way and goes through a named pipe, so that only the corpus takes room on the disk; it is
 * deleted. Prints for
 * each format and size the seconds, the program's CPU seconds with the speed that they make, and the peak of its
 * resident memory.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const PROGRAM = fileURLToPath(new URL('../bin/slopegate.js', import.meta.url));
/** Entries are made once, and the same piece is written repeatedly. */
const PIECE = 1024 * 1024;
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36';

const FORMATS = {
  'access-log': {
    entry: (i) =>
      `203.0.113.${i % 250} - - [01/Mar/2026:10:00:00 +0100] "GET ` +
      (`/p/${i}?q=shoes-${i}&token=${'t'.repeat(24)} HTTP/1.1" 200 5120 ` +
        `"https://shop.example/list?page=${i}" "${USER_AGENT}"\n`),
  },
  gor: {
    entry: (i) =>
      `1 ${'0'.repeat(24)}${i} 1439818823587396305\nPOST /api/${i} HTTP/1.1\r\nHost: ` +
      (`shop.example\r\nUser-Agent: ${USER_AGENT}\r\nContent-Type: application/json\r\nContent-Length: ` +
        `${jsonBody(i).length}\r\n\r\n${jsonBody(i)}\n🐵🙈🙉\n`),
  },
  har: {
    before: '{"log":{"version":"1.2","entries":[',
    between: ',',
    after: ']}}',
    entry: (i) =>
      JSON.stringify({
        startedDateTime: '2026-03-01T10:00:00.000Z',
        request: {
          method: 'POST',
          url: `https://shop.example/api/${i}`,
          headers: [{ name: 'User-Agent', value: USER_AGENT }],
          postData: { mimeType: 'application/json', text: jsonBody(i) },
        },
        response: { status: 200, content: { size: 2000, text: 'x'.repeat(2000) } },
      }),
  },
  'modsecurity-json': {
    entry: (i) =>
      `${JSON.stringify({
        transaction: {
          client_ip: '203.0.113.9',
          time_stamp: 'Sun Mar  1 10:00:00 2026',
          request: {
            method: 'POST',
            uri: `/api/${i}`,
            headers: { Host: 'shop.example', 'User-Agent': USER_AGENT, 'Content-Type': 'application/json' },
            body: jsonBody(i),
          },
          messages: [{ message: 'SQL injection', details: { match: 'x'.repeat(200) } }],
        },
      })}\n`,
  },
};

function jsonBody(i) {
  return JSON.stringify({ id: i, password: `secret-${i}`, note: 'lorem ipsum '.repeat(20) });
}

const { values } = parseArgs({
  options: {
    formats: { type: 'string', default: Object.keys(FORMATS).join(',') },
    gigabytes: { type: 'string', default: '0.5,5' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const folder = mkdtempSync(join(values.folder, 'slopegate-bench-'));
// Whatever ends the bench, its files are removed from the disk.
process.on('exit', () => rmSync(folder, { recursive: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
for (const format of values.formats.split(','))
  for (const gigabytes of values.gigabytes.split(',').map(Number)) await bench(format, gigabytes * 1e9);

async function bench(format, size) {
  const pipe = join(folder, `input-${format}`);
  const corpus = join(folder, 'corpus.ndjson');
  execFileSync('mkfifo', [pipe]);
  const begun = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'import', format, pipe, '-o', corpus, '--quiet', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let used = usedBy(child.pid);
  const watch = setInterval(() => (used = usedBy(child.pid) ?? used), 100);
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const ended = once(child, 'close');
  const written = await feed(pipe, FORMATS[format], size);
  const [exit] = await ended;
  clearInterval(watch);
  const seconds = (performance.now() - begun) / 1000;
  if (exit !== 0) throw new Error(`slopegate import ended with ${exit}`);
  const { requests, skipped } = JSON.parse(said);
  console.log(
    `${format.padEnd(17)} ${(written / 1e9).toFixed(2)} GB: ${requests} requests, ${skipped} skipped, ` +
      (`${seconds.toFixed(1)} s, CPU ${used.cpu.toFixed(1)} s (${(written / 1e6 / used.cpu).toFixed(0)} ` +
        `MB/s), peak ${used.peak.toFixed(0)} MiB, corpus ${(statSync(corpus).size / 1e9).toFixed(2)} GB`),
  );
  rmSync(corpus);
  rmSync(pipe);
}

/** Writes about this many bytes of the format; returns how many. */
async function feed(pipe, { before = '', between = '', after = '', entry }, size) {
  const entries = [];
  for (let length = 0, i = 0; length < PIECE; i++) length += entries[entries.push(entry(i)) - 1].length;
  const piece = Buffer.from(entries.join(between), 'utf8');
  const stream = createWriteStream(pipe);
  const write = async (bytes) => {
    if (!stream.write(bytes)) await once(stream, 'drain');
  };
  await write(Buffer.from(before));
  await write(piece);
  const more = Buffer.concat([Buffer.from(between), piece]);
  for (let count = 1; count * piece.length < size; count++) await write(more);
  stream.end(after);
  await once(stream, 'close');
  return stream.bytesWritten;
}

/** CPU seconds of a process and the peak of its resident memory in MiB, so far; null if it has gone. */
function usedBy(pid) {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
      .slice(11, 13)
      .map(Number);
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return peak === undefined ? null : { cpu: (user + system) / 100, peak: Number(peak) / 1024 };
  } catch {
    return null;
  }
}
