import { SlopegateError, type ArmSettings } from '../model/index.js';

/** Messages of Compose, and their meaning for a user who did not write it. The first match counts. */
const SYMPTOMS: readonly {
  readonly pattern: RegExp;
  readonly sentence: (match: RegExpExecArray) => string;
  readonly hint: string;
}[] = [
  {
    pattern: /^open (.*): no such file or directory$/m,
    sentence: ([, file = '']) => `The compose file ${file} does not exist.`,
    hint: 'arms.X.compose names files relative to the scenario file.',
  },
  {
    pattern: /\(root\) Additional property (\S+) is not allowed/,
    sentence: ([, key = '']) => `${key} is at the top level of the compose file, but Compose has no such key there.`,
    hint:
      'Is it a file of Compose v1, with services at the top level? Then add a line "services:" at the top, ' +
      'and indent everything else by two spaces.',
  },
  {
    pattern: /services\.(\S+) Additional property (\S+) is not allowed/,
    sentence: ([, place = '', key = '']) => `Docker Compose does not know the key ${key} of services.${place}.`,
    hint: 'Is it misspelt? If not, it needs a newer Docker Compose: "docker compose version" says which you have.',
  },
  {
    pattern: /Couldn't find env file: (.*)$/m,
    sentence: ([, file = '']) => `The file of variables ${file} does not exist.`,
    hint: 'Use absolute paths in COMPOSE_ENV_FILES, or put the variables into arms.X.environment.',
  },
  {
    pattern: /required variable (\S+) is missing a value/,
    sentence: ([, name = '']) => `The compose file needs a value for the variable ${name}.`,
    hint: 'Give it in arms.X.environment; `${env:NAME}` there takes a secret from the environment.',
  },
];

/** A circle of files has a line for each of them. */
const MOST_LINES = 8;

/** The error for a failed `docker compose config`: what is wrong with the arm's files. */
export function explainConfigFailure(arm: ArmSettings, lines: readonly string[]): SlopegateError {
  const said = lines.filter((line) => !line.includes('level=warning'));
  const files = arm.compose.flatMap((file) => ['-f', file]);
  const tryIt = `Try it: docker compose ${files.join(' ')} config`;
  const location = arm.compose[0] === undefined ? {} : { location: arm.compose[0] };
  for (const { pattern, sentence, hint } of SYMPTOMS) {
    const match = pattern.exec(said.join('\n'));
    if (match !== null)
      return new SlopegateError('COMPOSE_CONFIG', sentence(match), { hint: `${hint}\n${tryIt}`, ...location });
  }
  const reason =
    said
      .slice(-MOST_LINES)
      .map((line) => line.trim())
      .join(' ')
      .trim() || 'it gave no reason';
  return new SlopegateError('COMPOSE_CONFIG', `Docker Compose does not accept the files of ${arm.label}: ${reason}`, {
    hint: tryIt,
    ...location,
  });
}
