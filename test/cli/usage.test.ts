import { describe, expect, test } from 'vitest';
import { slopegate } from './in-process.js';

const { out: help } = await slopegate(['--help']);
const commands = [...help.matchAll(/^ {2}([a-z]+) .*/gm)]
  .map(([, name]) => name!)
  .filter((name) => name !== 'help' && name !== 'slopegate');

describe('help', () => {
  test('names every command, the exit codes and examples', () => {
    expect(commands).toEqual(
      expect.arrayContaining(['run', 'compare', 'analyze', 'report', 'validate', 'doctor', 'prune']),
    );
    expect(help).toMatch(/0 pass\s+1 fail\s+2 usage .*\n.*4 invalid.*130 interrupted/);
    expect(help).toContain('Examples:');
  });

  test.each(commands)('%s --help shows its usage and ends with exit code 0', async (command) => {
    const { exit, out, err } = await slopegate([command, '--help']);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toContain(`Usage: slopegate ${command}`);
    expect(out).toMatch(new RegExp(`Examples:\n  slopegate ${command}`));
    expect(await slopegate(['help', command])).toEqual({ exit, out, err });
  });

  test.each([['--help'], ['-h'], ['help']])('%s goes to stdout', async (flag) => {
    expect(await slopegate([flag])).toEqual({ exit: 0, out: help, err: '' });
  });

  test.each([['--version'], ['-V'], ['-v'], ['version']])('%s prints the version', async (flag) => {
    const { exit, out } = await slopegate([flag]);
    expect(exit).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('an unknown argument ends with exit code 2, and only stderr says so', () => {
  test.each<[string, readonly string[], string | RegExp]>([
    ['no command', [], /Usage: slopegate[^]*USAGE: no command given[^]*slopegate --help/],
    ['a command that is not there', ['anlyze', 'x'], /unknown command 'anlyze'[^]*Did you mean analyze\?/],
    ['an option that is not there', ['run', 'x.yaml', '--quite'], /unknown option '--quite'[^]*Did you mean --quiet\?/],
    ['an option of the program', ['--jsn'], "unknown option '--jsn'"],
    ['no argument', ['run'], /error USAGE: missing required argument 'scenario'\n {2}hint: see "slopegate run --help"/],
    ['an argument too many', ['analyze', 'a', 'b'], 'too many arguments'],
    ['an option without its value', ['run', 'x.yaml', '--out'], "'--out <folder>' argument missing"],
    ['nothing to validate', ['validate'], /USAGE: no scenario file given[^]*hint:/],
    ['help for a command that is not there', ['help', 'anlyze'], /./],
  ])('%s', async (_, argv, message) => {
    const { exit, out, err } = await slopegate(argv);
    expect(exit).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
  });
});

describe('without a daemon', () => {
  const env = { ...process.env, DOCKER_HOST: 'unix:///nonexistent/docker.sock' };

  test.each([
    ['run', ['run', 'test/fixtures/scenarios/same.yaml', '--out', '/nonexistent/reports']],
    ['prune', ['prune', '--run', 'no-such-run']],
  ])('%s ends with 5, the reason and a hint', async (_, argv) => {
    const { exit, out, err } = await slopegate(argv, { env });
    expect(exit).toBe(5);
    expect(out).toBe('');
    expect(err).toMatch(/error DOCKER_UNREACHABLE: .*\/nonexistent\/docker\.sock/);
    expect(err).toMatch(/hint: .*DOCKER_HOST/);
  });

  test('doctor ends with 5 and says what is missing', async () => {
    const { exit, out, err } = await slopegate(['doctor'], { env });
    expect({ exit, err }).toEqual({ exit: 5, err: '' });
    expect(out).toMatch(/^missing +docker .*\n +.*DOCKER_HOST/m);
  });

  test('doctor --json is JSON', async () => {
    const { exit, out } = await slopegate(['doctor', '--json'], { env });
    expect(exit).toBe(5);
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ name: 'docker', state: 'missing' }));
  });

  test('an invalid address', async () => {
    const { exit, err } = await slopegate(['doctor'], { env: { ...env, DOCKER_HOST: 'nonsense' } });
    expect(exit).toBe(5);
    expect(err).toContain('nonsense is not the address of a Docker daemon');
  });
});

test('an unwritable folder for the run is reported before Docker is asked for anything', async () => {
  const { exit, err } = await slopegate(
    ['run', 'test/fixtures/scenarios/same.yaml', '--out', 'package.json/runs', '--quiet'],
    { env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } },
  );
  expect(exit).toBe(5);
  expect(err).toMatch(/error DISK: Cannot write to the folder .*package\.json\/runs: ENOTDIR/);
});
