import type { Share } from '../experiment/index.js';
import { EXIT, SlopegateError, type Context, type ExitCode } from '../model/index.js';
import type { Result } from '../results/index.js';
import { renderFormat } from '../run/judgement.js';
import { inert } from './inert.js';

const HINT =
  'for example 2/5, confirm/5, auto/5 (JOB_COMPLETION_INDEX of Kubernetes) or auto (CI_NODE_INDEX and CI_NODE_TOTAL)';
const MOST = 100;

/**
 * Which pair `--replicate` asks for: `2/5`, `confirm/5`, `auto/5`, `auto`.
 * @throws SlopegateError USAGE if it cannot be read, or if the variables for `auto` are not set
 */
export function shareOf(text: string, env: Context['env']): Share {
  const [pair = '', of] = text.split('/');
  if (pair === 'auto') return fromEnvironment(of, env);
  const total = wholeOf(of);
  if (total === null || total < 2 || total > MOST)
    throw wrong(`--replicate ${text}: not a share of 2 to ${MOST} replicates`);
  if (pair === 'confirm') return { pair: 'confirmation', of: total };
  return numbered(wholeOf(pair), total, `--replicate ${text}`);
}

function fromEnvironment(of: string | undefined, env: Context['env']): Share {
  if (of === undefined) {
    const total = wholeOf(env['CI_NODE_TOTAL']);
    if (total === null || total < 2) throw wrong('--replicate auto: CI_NODE_TOTAL is not a number of 2 or more');
    return numbered(wholeOf(env['CI_NODE_INDEX']), total, '--replicate auto: CI_NODE_INDEX');
  }
  const total = wholeOf(of);
  const index = wholeOf(env['JOB_COMPLETION_INDEX']);
  if (total === null || total < 2 || total > MOST)
    throw wrong(`--replicate auto/${of}: not a share of 2 to ${MOST} replicates`);
  if (index === null) throw wrong(`--replicate auto/${of}: JOB_COMPLETION_INDEX is not set`);
  return numbered(index + 1, total, `--replicate auto/${of}: JOB_COMPLETION_INDEX`);
}

function numbered(pair: number | null, of: number, what: string): Share {
  if (pair === null || pair < 1 || pair > of) throw wrong(`${what}: the number must be from 1 to ${of}`);
  return { pair, of };
}

const wholeOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;

const wrong = (message: string): SlopegateError => new SlopegateError('USAGE', message, { hint: HINT });

/** What is said after one share, which is not a verdict. Exit code 0 if it can be merged, 4 if it is not valid. */
export function concludeShare(
  result: Result,
  { directory, share, json }: { readonly directory: string; readonly share: Share; readonly json: boolean },
  { out, err }: Context,
): ExitCode {
  const pair = share.pair === 'confirmation' ? 'The pair that confirms' : `Replicate ${share.pair} of ${share.of}`;
  if (json) out.write(renderFormat(result, 'json'));
  if (result.verdict.outcome === 'invalid') {
    err.write(`${pair} is not valid: ${inert(result.verdict.sentence)}\n`);
    return EXIT.invalid;
  }
  const told = `${pair} is recorded in ${directory}. It is not a verdict: "slopegate merge" judges all replicates.\n`;
  (json ? err : out).write(told);
  return EXIT.pass;
}
