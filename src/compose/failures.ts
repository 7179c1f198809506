import { SlopegateError, type ErrorCode } from '../model/index.js';

export type Line = (line: string) => void;

interface Symptom {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly sentence: (match: RegExpMatchArray) => string;
  readonly hint: string;
}

/** Messages of Compose and the daemon, and their meaning. The first match counts. */
const SYMPTOMS: readonly Symptom[] = [
  {
    pattern: /(?:Bind for|listen tcp4?) (\S+?):? (?:failed: port is already allocated|bind: address already in use)/,
    code: 'PORT_TAKEN',
    sentence: ([, address]) => `The port ${address ?? ''} is in use.`,
    hint: 'Another program on this host uses it: stop that program, or publish another port.',
  },
  {
    pattern: /Pool overlaps with other one on this address space|invalid pool request/,
    code: 'SUBNET_TAKEN',
    sentence: () => 'Another program took a subnet of the stack while the stack was starting.',
    hint: 'Start again.',
  },
  {
    pattern: /port is already allocated|address already in use/,
    code: 'PORT_TAKEN',
    sentence: () => 'A published port is in use.',
    hint: 'Another program on this host uses it: stop that program, or publish another port.',
  },
  {
    pattern: /cannot assign requested address/,
    code: 'START_FAILED',
    sentence: () => "Docker's host has no network interface with the address that ports should be published on.",
    hint: 'It is reached through address translation: reach the daemon by ssh:// instead.',
  },
  {
    pattern: /No such image: (\S+)|pull access denied for (\S+?),|manifest for (\S+) not found/i,
    code: 'IMAGE_MISSING',
    sentence: ([, ...names]) => `The image ${names.find(Boolean) ?? ''} is missing and cannot be pulled.`,
    hint: 'Build or pull it first, or correct its name in the compose file.',
  },
  {
    pattern: /Cannot connect to the Docker daemon|permission denied while trying to connect/,
    code: 'DOCKER_UNREACHABLE',
    sentence: () => 'The Docker daemon does not answer.',
    hint: 'Start it, or run `slopegate doctor`.',
  },
];

/** The error for a failed `docker compose up`. */
export function explainUpFailure(lines: readonly string[]): SlopegateError {
  return (
    recognise(lines) ??
    new SlopegateError('START_FAILED', `A container could not be started: ${complaint(lines)}`, {
      hint: tail(lines, 10),
    })
  );
}

/** The error for a failed `docker compose build`: its last lines, and what usually helps. */
export function explainBuildFailure(lines: readonly string[]): SlopegateError {
  const known = recognise(lines);
  if (known?.code === 'DOCKER_UNREACHABLE') return known;
  const base = /failed to resolve source metadata for (?:docker\.io\/(?:library\/)?)?([^\s:]+:\S+?):? /.exec(
    lines.join('\n'),
  )?.[1];
  const advice =
    base === undefined
      ? 'Build it by hand with `docker compose build --progress plain` to see the whole output.'
      : `The base image ${base} is missing and could not be pulled: pull it, or for Debian images ` +
        `run scripts/ensure-base-images.sh. Is the built image there already? Then stack.build: if-missing uses it.`;
  return new SlopegateError('BUILD_FAILED', `An image could not be built: ${complaint(lines)}`, {
    hint: `${advice}\n${tail(lines, 20)}`,
  });
}

function recognise(lines: readonly string[]): SlopegateError | null {
  const text = lines.join('\n');
  for (const { pattern, code, sentence, hint } of SYMPTOMS) {
    const match = text.match(pattern);
    if (match) return new SlopegateError(code, sentence(match), { hint, reason: complaint(lines) });
  }
  return null;
}

function complaint(lines: readonly string[]): string {
  return lines.findLast((line) => line.trim() !== '')?.trim() ?? 'no reason was given';
}

function tail(lines: readonly string[], count: number): string {
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-count)
    .join('\n');
}
