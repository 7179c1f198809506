import { remediesOf, type LabelLimit, type Remedies } from '../facts/index.js';
import type { Result } from '../results/index.js';
import { exhaustionSentence } from '../words/exhaustion.js';
import {
  LIMIT_TOO_LOW,
  LIMITS_EVERY_PATH,
  limitWords,
  NO_LIMIT,
  NO_REMEDY,
  PATH_BEGINS,
  PATH_IS_REWRITTEN,
  restartWords,
  UNTESTED,
} from '../words/remedies.js';
import { block, md } from './md.js';
import { remedyTestLines } from './remedy-tests.js';
import { nginxAdvice, nginxLines, type NginxAdvice } from './nginx-limits.js';

const MIB = 1024 ** 2;

/**
 * What to do until the growth is fixed, as lines to copy: restarts, a memory limit and rate limits, for Compose,
 * systemd, Kubernetes and nginx. Computed from the growth; the text says that they were not tested.
 * @example renderRemedies(result)
 */
export function renderRemedies(result: Result): string {
  const all = remediesOf(result).map((one) => ({ ...one, service: shellSafe(one.service) }));
  const lines =
    all.length === 0
      ? ['', NO_REMEDY]
      : [
          '',
          ...testedSection(result),
          UNTESTED,
          ...all.flatMap(remedyLines),
          ...limitSection(all.flatMap(({ labels }) => labels)),
        ];
  return `${['# What to do until it is fixed', ...lines].join('\n')}\n`;
}

function testedSection(result: Result): readonly string[] {
  const lines = remedyTestLines(result);
  return lines.length === 0 ? [] : ['## Tested', '', ...lines, '', '## Lines to copy', ''];
}

/** The lines are copied into a shell: a name must not be more than a name there. */
const shellSafe = (name: string): string => name.replace(/[^\w.-]/g, '·');

function remedyLines(remedies: Remedies): readonly string[] {
  const { role, memoryLimit, labels } = remedies;
  return [
    '',
    `## ${md(role)}`,
    '',
    md(restartWords(remedies)),
    '',
    memoryLimit === null ? NO_LIMIT : limitWords(memoryLimit),
    ...titled('Compose', composeLines(remedies)),
    ...titled('crontab (add "cd FOLDER &&" before "docker"; FOLDER has the compose file)', cronLines(remedies)),
    ...titled('systemd', systemdLines(remedies)),
    ...titled('Kubernetes', kubernetesLines(remedies)),
    ...labels.flatMap(labelLines),
  ];
}

/** A block under a title; nothing if there are no lines. */
function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, '', ...block(lines.join('\n'))];
}

const mebibytes = (bytes: number): number => Math.ceil(bytes / MIB);

function composeLines({ service, memoryLimit }: Remedies): readonly string[] {
  const limit = memoryLimit === null ? [] : [`    mem_limit: ${mebibytes(memoryLimit)}m`];
  return ['services:', `  ${service}:`, '    restart: unless-stopped', ...limit];
}

function cronLines({ service, restartEvery }: Remedies): readonly string[] {
  return restartEvery === null ? [] : [`${cronOf(restartEvery)} docker compose restart ${service}`];
}

function systemdLines({ memoryLimit, restartEvery }: Remedies): readonly string[] {
  return [
    '[Service]',
    'Restart=always',
    ...(restartEvery === null ? [] : [`RuntimeMaxSec=${restartEvery}`]),
    ...(memoryLimit === null ? [] : [`MemoryMax=${mebibytes(memoryLimit)}M`]),
  ];
}

function kubernetesLines({ service, memoryLimit, restartEvery }: Remedies): readonly string[] {
  const limit =
    memoryLimit === null
      ? []
      : [
          `kubectl set resources deployment/${service} --containers=${service} ` +
            `--limits=memory=${mebibytes(memoryLimit)}Mi`,
        ];
  const restart =
    restartEvery === null
      ? []
      : [`# from cron: ${cronOf(restartEvery)}`, `kubectl rollout restart deployment/${service}`];
  const lines = [...limit, ...restart];
  return lines.length === 0 ? [] : [`# if the deployment and its container are called ${service}`, ...lines];
}

/** `*\/20 * * * *` or `0 *\/6 * * *`; the schedules divide an hour or a day. */
function cronOf(seconds: number): string {
  const minutes = seconds / 60;
  if (minutes < 60) return `*/${minutes} * * * *`;
  const hours = minutes / 60;
  if (hours === 24) return '0 4 * * *';
  return hours === 1 ? '0 * * * *' : `0 */${hours} * * *`;
}

function labelLines(label: LabelLimit): readonly string[] {
  const advice = nginxAdvice(label);
  const why = WHY_NO_LINES[advice];
  return ['', md(exhaustionSentence(label.exhaustion)), ...(why === null ? [] : ['', why])];
}

const WHY_NO_LINES: Readonly<Record<NginxAdvice, string | null>> = {
  limit: null,
  nothing: null,
  'too-low': LIMIT_TOO_LOW,
  'every-path': LIMITS_EVERY_PATH,
  'rewritten-path': PATH_IS_REWRITTEN,
};

function limitSection(labels: readonly LabelLimit[]): readonly string[] {
  const lines = nginxLines(labels);
  return lines.length === 0 ? [] : ['', '## Rate limits', '', PATH_BEGINS, ...titled('nginx', lines)];
}
