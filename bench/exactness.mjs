// The share of requests that an import sends as they are meant, held against a corpus that you have fetched:
//   node bench/exactness.mjs ftw coreruleset/tests/regression/tests     as go-ftw sends them
//   node bench/exactness.mjs http blazehttp/testcases                   as the file has them, byte for byte
//   node bench/exactness.mjs har recordings/                            by method, target and the length that is stated
//   node bench/exactness.mjs access-log logs/                           by method and target
//   node bench/exactness.mjs modsecurity-native audit/                  by method, target and the length that is stated
//   node bench/exactness.mjs modsecurity-json audit/                    the same
//   node bench/exactness.mjs gor captured/                              byte for byte
//   node bench/exactness.mjs vegeta targets/                            by method and target
// A request that is in a recording and was neither sent as meant nor told (skipped, or counted as a note) is "untold".
// Needs "npm run build". With --dist FOLDER another build is asked; --show N prints the first N that differ.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stagesOf } from './exactness/go-ftw.mjs';
import { REFERENCES } from './exactness/references.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dist: { type: 'string', default: 'dist' }, show: { type: 'string', default: '0' } },
});
const [format, given] = positionals;
const folder = resolve(given);
const dist = resolve(values.dist);
const { encodeRequest } = await import(join(dist, 'replay/wire-format.js'));
const { decodeCorpusLine } = await import(join(dist, 'traffic/index.js'));

const temporary = mkdtempSync(join(tmpdir(), 'slopegate-exactness-'));
const corpus = join(temporary, 'c.ndjson');
const skippedFile = join(temporary, 'skipped.ndjson');
const skippedIn = new Map();
let told;
try {
  const args = ['import', format, folder, '-o', corpus, '--keep-secrets', '--json', '--quiet'];
  args.push('--skipped', skippedFile);
  told = JSON.parse(
    execFileSync(process.execPath, [join(dist, '../bin/slopegate.js'), ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
    }),
  );
  for (const line of readFileSync(skippedFile, 'utf8').split('\n').filter(Boolean)) {
    const file = JSON.parse(line).location.replace(/:\d+$/, '');
    skippedIn.set(file, [...(skippedIn.get(file) ?? []), line]);
  }
  const imported = new Map();
  const byFile = new Map();
  for (const line of readFileSync(corpus, 'utf8').trimEnd().split('\n')) {
    const request = decodeCorpusLine(line, 'corpus');
    // Older builds have absolute sources; newer ones are relative to the folder's name.
    const source = request.source.startsWith('/') ? request.source : join(folder, '..', request.source);
    imported.set(source, encodeRequest(request));
    const file = source.replace(/:\d+$/, '');
    byFile.set(file, [...(byFile.get(file) ?? []), request]);
  }
  if (Object.hasOwn(REFERENCES, format)) reportByKeys(REFERENCES[format], byFile);
  else report(imported);
} finally {
  rmSync(temporary, { recursive: true });
}

function report(imported) {
  let [same, differ, absent, unknown, shown] = [0, 0, 0, 0, 0];
  for (const { source, bytes } of meant()) {
    const sent = imported.get(source);
    if (bytes === null) unknown++;
    else if (sent === undefined) absent++;
    else if (typeof bytes === 'function' ? bytes(sent) : withoutClose(sent).equals(withoutClose(bytes))) same++;
    else {
      differ++;
      if (shown++ < Number(values.show))
        console.log(
          source,
          '\n  meant',
          JSON.stringify(String(bytes)),
          '\n  sent ',
          JSON.stringify(sent.toString('latin1')),
        );
    }
  }
  const total = same + differ;
  console.log(
    JSON.stringify({
      format,
      same,
      differ,
      absent,
      unknown,
      share: `${((100 * same) / total).toFixed(2)} %`,
      skipped: told.skipped,
      skippedByReason: told.skippedByReason,
      notes: told.notes,
    }),
  );
}

/** Holds what was sent for each file against what the reference reads in it, whatever the order. */
function reportByKeys({ keysIn, keyOf, like = (key) => key, bytes = false }, byFile) {
  let [wanted, same, differ, untold, unreadable, shown] = [0, 0, 0, 0, 0, 0];
  for (const file of filesIn(folder)) {
    let meant;
    try {
      meant = [...keysIn(readFileSync(file, ['har', 'vegeta'].includes(format) ? 'utf8' : 'latin1'))];
    } catch {
      unreadable++;
      continue;
    }
    wanted += meant.length;
    const open = new Map();
    for (const key of meant) open.set(key, (open.get(key) ?? 0) + 1);
    const take = (key) => open.get(key) > 0 && open.set(key, open.get(key) - 1);
    const others = [];
    for (const request of byFile.get(file) ?? []) {
      const key = bytes ? encodeRequest(request).toString('latin1') : keyOf(request);
      if (take(key) || take(like(key))) same++;
      else others.push(key);
    }
    differ += others.length;
    const missing = [...open].flatMap(([key, times]) => Array.from({ length: times }, () => key));
    const told = [...(skippedIn.get(file) ?? [])].length;
    untold += Math.max(0, missing.length - others.length - told);
    for (const key of others)
      if (shown++ < Number(values.show)) console.log(file, '\n  sent ', key, '\n  meant', missing.slice(0, 3));
  }
  const share = `${((100 * same) / (same + differ)).toFixed(2)} %`;
  const { skipped, skippedByReason, notes } = told;
  console.log(
    JSON.stringify({ format, wanted, same, differ, untold, unreadable, share, skipped, skippedByReason, notes }),
  );
}

/** go-ftw adds this header if it is missing. slopegate does not, and says so. */
function withoutClose(bytes) {
  return format === 'ftw'
    ? Buffer.from(bytes.toString('latin1').replace(/\r\nConnection: close(?=\r\n)/, ''), 'latin1')
    : bytes;
}

function* meant() {
  for (const file of filesIn(folder)) {
    if (format === 'ftw') {
      if (!/\.ya?ml$/.test(file)) continue;
      for (const { line, bytes } of stagesOf(readFileSync(file, 'utf8'))) yield { source: `${file}:${line}`, bytes };
    } else if (format === 'http') yield { source: `${file}:1`, bytes: withoutTail(readFileSync(file)) };
    else throw new Error(`no reference for ${format}`);
  }
}

/** Line breaks after a body of a stated length belong to the file. */
function withoutTail(bytes) {
  const text = bytes.toString('latin1');
  const head = text.indexOf('\r\n\r\n');
  const length = /\r\nContent-Length:[ \t]*(\d+)[ \t]*\r\n/i.exec(text.slice(0, head + 2))?.[1];
  return head === -1 || length === undefined ? bytes : bytes.subarray(0, head + 4 + Number(length));
}

function filesIn(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (!existsSync(path)) return [];
      return statSync(path).isDirectory() ? filesIn(path) : [path];
    });
}
