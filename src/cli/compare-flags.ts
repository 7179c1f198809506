import type { CompareOptions } from '../compare/index.js';
import { SlopegateError } from '../model/index.js';
import { REPORTERS } from '../report/index.js';
import { bytesIn, secondsOfUnit, type ReadOptions } from '../series/index.js';
import type { CiFlags } from './ci-options.js';
import { parseMargin, parsePlain } from './quantities.js';

/** What the command line of `compare` gives. */
export interface CompareFlags extends CiFlags {
  readonly baseline: string[];
  readonly candidate: string[];
  readonly metric?: string;
  readonly unit?: string;
  readonly timeColumn?: string;
  readonly timeUnit?: string;
  readonly interval?: string;
  readonly requestsColumn?: string;
  readonly rateColumn?: string;
  readonly serviceColumn?: string;
  readonly service?: string;
  readonly decimal?: string;
  readonly margin?: string;
  readonly warmup?: string;
  readonly rate?: string;
  readonly name?: string;
  readonly labels?: string;
  readonly baselineLabel?: string;
  readonly candidateLabel?: string;
  readonly out?: string;
  readonly explain?: boolean;
  readonly json?: boolean;
  readonly format?: string;
}

/**
 * @throws SlopegateError USAGE for an unknown format, or if it is combined with --json
 * @throws SlopegateError USAGE for a format that is not known, or beside --json
 */
export function checkFormat({ json, format }: CompareFlags): void {
  if (format === undefined) return;
  const known = ['terminal', ...REPORTERS.keys()];
  if (!known.includes(format))
    throw new SlopegateError('USAGE', `unknown format "${format}"`, { hint: `known formats: ${known.join(', ')}` });
  if (json && format !== 'json')
    throw new SlopegateError('USAGE', `--json and --format ${format} cannot be used together`, {
      hint: 'use one of them',
    });
}

/** What the flags say about the files. @throws SlopegateError USAGE */
export function readOptionsOf(flags: CompareFlags): ReadOptions {
  const { decimal, unit, timeUnit } = flags;
  if (unit !== undefined && bytesIn(unit) === null) throw unknownValue('--unit', unit, 'B, KiB, MiB or GiB');
  if (timeUnit !== undefined && secondsOfUnit(timeUnit) === null)
    throw unknownValue('--time-unit', timeUnit, 's, ms, us or ns');
  if (decimal !== undefined && decimal !== 'point' && decimal !== 'comma')
    throw unknownValue('--decimal', decimal, 'point or comma');
  if (flags.requestsColumn !== undefined && flags.rateColumn !== undefined)
    throw new SlopegateError('USAGE', '--requests-column and --rate-column cannot be used together', {
      hint: 'use one of them',
    });
  const intervalSeconds =
    flags.interval === undefined ? undefined : parsePlain('--interval', flags.interval, 'duration');
  if (intervalSeconds === 0)
    throw unknownValue('--interval', flags.interval ?? '', 'a duration above 0, for example 10s');
  return {
    metric: flags.metric,
    unit,
    timeColumn: flags.timeColumn,
    timeUnit,
    requestsColumn: flags.requestsColumn,
    rateColumn: flags.rateColumn,
    serviceColumn: flags.serviceColumn,
    intervalSeconds,
    decimal,
  };
}

/** What the flags say about the judgement. @throws SlopegateError USAGE */
export function compareOptionsOf(flags: CompareFlags): CompareOptions {
  const margin = flags.margin === undefined ? null : parseMargin(flags.margin);
  return {
    ...(flags.metric === undefined ? {} : { metric: flags.metric }),
    ...(flags.service === undefined ? {} : { service: flags.service }),
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(margin === null
      ? {}
      : margin.per === 's'
        ? { marginBytesPerSecond: margin.bytes }
        : { marginBytesPerRequest: margin.bytes }),
    ...(flags.warmup === undefined ? {} : { warmupSeconds: parsePlain('--warmup', flags.warmup, 'duration') }),
    ...(flags.rate === undefined ? {} : { ratePerSecond: parsePlain('--rate', flags.rate, 'rate') }),
  };
}

/** The labels `OLD,NEW` of --labels; null if it is not given. @throws SlopegateError USAGE */
export function labelsOf({ labels, baselineLabel, candidateLabel }: CompareFlags): {
  baseline: string | null;
  candidate: string | null;
} {
  if (labels === undefined) return { baseline: baselineLabel ?? null, candidate: candidateLabel ?? null };
  const [baseline = '', candidate = '', ...more] = labels.split(',').map((label) => label.trim());
  if (baseline === '' || candidate === '' || more.length > 0)
    throw unknownValue('--labels', labels, 'two names, for example --labels 1.4,1.5');
  return { baseline: baselineLabel ?? baseline, candidate: candidateLabel ?? candidate };
}

function unknownValue(flag: string, value: string, expected: string): SlopegateError {
  return new SlopegateError('USAGE', `${flag} "${value}" is not known`, { hint: `expected ${expected}` });
}
