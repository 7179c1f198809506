import type { FormatOptions } from '../../requests/index.js';
import { flagOf, textOf, type Output, type Scalar } from './stage.js';

/** Class of attack by the first three digits of a rule's number, from the file names of the Core Rule Set. */
const CLASSES: Readonly<Record<string, string>> = {
  '911': 'method',
  '913': 'scanner',
  '920': 'protocol',
  '921': 'protocol-attack',
  '922': 'multipart',
  '930': 'lfi',
  '931': 'rfi',
  '932': 'rce',
  '933': 'php',
  '934': 'generic',
  '941': 'xss',
  '942': 'sqli',
  '943': 'session-fixation',
  '944': 'java',
  '949': 'blocking',
  '950': 'leak',
  '951': 'leak-sql',
  '952': 'leak-java',
  '953': 'leak-php',
  '954': 'leak-iis',
  '955': 'web-shell',
  '956': 'leak-ruby',
  '959': 'blocking',
  '980': 'correlation',
};

/** What a test expects and, if requested, the class, the rule and the paranoia level: `attack-sqli-pl2`. */
export function labelOf(output: Output, rule: string | null, { labelBy, levels }: FormatOptions): string {
  const parts = {
    class: CLASSES[rule?.slice(0, 3) ?? ''] ?? 'other',
    rule: rule ?? 'no-rule',
    level: `pl${levels.get(rule ?? '') ?? '-unknown'}`,
  };
  return [
    expectation(output),
    ...labelBy.flatMap((part) => (part in parts ? [parts[part as keyof typeof parts]] : [])),
  ].join('-');
}

/**
 * `attack`: a rule must match, or the answer is 403. `benign`: no rule may match, or the answer is a success.
 * `refused`: the server refuses the request with another status. `error`: the server gives no answer. `unstated`: the
 * test says none of this.
 */
function expectation({
  status,
  log,
  log_contains: contains,
  no_log_contains: lacks,
  expect_error: error,
}: Output): string {
  const codes = (Array.isArray(status) ? status : [status as Scalar | undefined]).flatMap((code) => textOf(code) ?? []);
  const said = (scalar: Scalar | undefined): boolean => (textOf(scalar) ?? '') !== '';
  if (codes.includes('403') || said(contains) || said(log?.match_regex) || (log?.expect_ids ?? []).length > 0)
    return 'attack';
  if (codes.some((code) => /^[45]/.test(code))) return 'refused';
  if (flagOf(error) === true) return 'error';
  const silent = said(lacks) || said(log?.no_match_regex) || (log?.no_expect_ids ?? []).length > 0;
  return silent || codes.length > 0 ? 'benign' : 'unstated';
}
