/**
 * Mutation testing: changes one small thing in the source, runs the tests, and expects them to fail. A change that no
 * test notices (a survivor) shows what the tests do not hold.
 *
 *   npm run mutation -- [--room verdict,recording] [--sample 40] [--seed 1] [--json FILE]
 *
 * Each room gets a random sample, the same for the same seed. A mutant is tried against the tests of its room first,
 * and then against every unit test that imports the file. It works on a copy of the tracked files; takes hours for all.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** A mutant that runs for longer loops for ever: noticed. */
const LONGEST_MS = 180_000;

const { values } = parseArgs({
  options: {
    room: {
      type: 'string',
      default: 'evidence,validity,findings,verdict,statistics,guards,procedure,recording,journal,replay,lanes',
    },
    sample: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const SWAPS = new Map([
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.SlashToken, '*'],
]);
const NAMES = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
  ['floor', 'ceil'],
  ['ceil', 'floor'],
]);

/** Every place of a file where one small thing can be changed: from, to, and the text that comes there instead. */
function mutationsOf(text, file) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, replacement) => found.push({ start: node.getStart(source), end: node.getEnd(), replacement });
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isBinaryExpression(node) && SWAPS.has(node.operatorToken.kind)) {
      // A plus between texts is not arithmetic.
      const isText = [node.left, node.right].some(
        (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
      );
      if (!isText) add(node.operatorToken, SWAPS.get(node.operatorToken.kind));
    }
    if (ts.isNumericLiteral(node)) add(node, node.text === '0' ? '1' : `(${node.getText(source)} * 1.5)`);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      add(node, node.operand.getText(source));
    if (ts.isConditionalExpression(node)) add(node.condition, `!(${node.condition.getText(source)})`);
    if (ts.isIfStatement(node)) add(node.expression, 'false');
    if (ts.isPropertyAccessExpression(node) && NAMES.has(node.name.text)) add(node.name, NAMES.get(node.name.text));
    if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((one) => ({ ...one, line: source.getLineAndCharacterOfPosition(one.start).line + 1 }));
}

/** mulberry32: a small generator; a sample needs no more. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sampleOf(items, count, seed) {
  const draw = random(seed);
  return items
    .map((item) => ({ item, key: draw() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ item }) => item);
}

function copyOfTrackedFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'slopegate-mutation-'));
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
  for (const name of files.split('\0').filter((one) => one !== '')) cpSync(join(ROOT, name), join(folder, name));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Whether the tests notice: a failure, or no end. */
function noticed(folder, args) {
  const { status } = spawnSync('npx', ['vitest', ...args, '--project', 'unit', '--bail', '1', '--reporter', 'dot'], {
    cwd: folder,
    stdio: 'ignore',
    timeout: LONGEST_MS,
    env: { ...process.env, CI: 'true' },
  });
  return status !== 0;
}

function main() {
  const folder = copyOfTrackedFiles();
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  // oxlint-disable-next-line unicorn/no-process-exit -- what is copied is removed on the way out
  process.on('SIGINT', () => process.exit(130));
  const results = [];
  for (const room of values.room.split(',')) {
    const tests = `test/${room}`;
    if (noticed(folder, ['run', tests])) throw new Error(`the tests in ${tests} fail before anything is changed`);
    const files = readdirSync(join(folder, 'src', room), { recursive: true }).filter((name) => name.endsWith('.ts'));
    const all = files.flatMap((name) => {
      const file = join('src', room, name);
      return mutationsOf(readFileSync(join(folder, file), 'utf8'), file).map((mutation) => ({ ...mutation, file }));
    });
    const chosen = sampleOf(all, Number(values.sample), Number(values.seed));
    const survivors = [];
    for (const [i, { file, start, end, line, replacement }] of chosen.entries()) {
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.slice(0, start) + replacement + text.slice(end));
      const killed = noticed(folder, ['run', tests]) || noticed(folder, ['related', file, '--run']);
      writeFileSync(path, text);
      const what = `${file}:${line} ${text.slice(start, end).slice(0, 60)} → ${replacement.slice(0, 60)}`;
      if (!killed) survivors.push(what);
      console.error(`${room} ${i + 1}/${chosen.length} ${killed ? 'killed  ' : 'SURVIVED'} ${what}`);
    }
    results.push({
      room,
      mutants: all.length,
      tried: chosen.length,
      killed: chosen.length - survivors.length,
      survivors,
    });
  }
  for (const { room, mutants, tried, killed, survivors } of results) {
    console.log(
      `${room}: ${killed} of ${tried} killed (${Math.round((100 * killed) / tried)} %), drawn from ${mutants}`,
    );
    for (const one of survivors) console.log(`  ${one}`);
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
}

if (values.help)
  console.log(
    readFileSync(fileURLToPath(import.meta.url), 'utf8')
      .split('*/')[0]
      .replace(/^\/?\s?\*+ ?/gm, ''),
  );
else main();
