import {
  advice,
  assessmentName,
  calibrationSentence,
  decisiveService,
  extentOf,
  oneLine,
  withoutMarkup,
  sortedServices,
  standingFindings,
  type Rendered,
} from '../facts/index.js';
import { ARMS, type Outcome } from '../model/index.js';
import type { Result } from '../results/index.js';
import { estimateOr, growth } from '../words/growth.js';

/**
 * How a CI gate sees a verdict. Only `pass` may look green. Most gates accept a skipped test, so `inconclusive` is a
 * failure of type "inconclusive" and never `skipped`. `invalid` is an error, because the test itself did not work.
 */
const PROBLEM: Readonly<Record<Outcome, 'failure' | 'error' | null>> = {
  pass: null,
  fail: 'failure',
  inconclusive: 'failure',
  invalid: 'error',
};

interface Case {
  readonly group: string;
  readonly name: string;
  readonly outcome: Outcome;
  readonly message: string;
  /** What to do about it, or the numbers; null if the message says it all. */
  readonly detail: string | null;
  /** How long it took; zero for what was computed from the same run. */
  readonly seconds: number;
}

/**
 * Seconds from the start of the run to its end. Of a run that was killed and of recorded series, the seconds of load on
 * one arm. CI systems add the times of all test cases up, so the verdict alone has this time.
 */
function runSeconds(result: Result): number {
  const { startedAt, endedAt } = result.manifest;
  const seconds = endedAt === null ? 0 : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return seconds > 0 ? seconds : Math.max(0, extentOf(result).loadSeconds);
}

function escape(text: string): string {
  return withoutMarkup(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');
}

function casesOf(result: Result): readonly Case[] {
  const { verdict } = result;
  const { assessment } = verdict;
  // The verdict is a test case of its own, so that no combination of passed parts can hide it.
  const whole: Case = {
    group: 'verdict',
    name: 'verdict',
    outcome: verdict.outcome,
    message: verdict.sentence,
    detail: `What to do: ${advice(verdict)}`,
    seconds: runSeconds(result),
  };
  const services = sortedServices(result).filter((service) => service.judged);
  return [
    whole,
    ...services.map((service): Case => ({
      group: 'growth',
      name: assessmentName(service),
      outcome: service.outcome,
      message: service.sentence,
      detail: [
        ...ARMS.map((arm) => `${arm} grows ${estimateOr(service.growth[arm], service.unit)}`),
        `difference ${estimateOr(service.difference, service.unit)}`,
        `margin ${growth(service.margin, service.unit)}`,
        ...service.guards.map((guard) => `${guard.name}: ${guard.sentence}`),
      ].join('\n'),
      seconds: 0,
    })),
    ...assessment.validity.map((check): Case => ({
      group: 'validity',
      name: check.name,
      outcome: check.ok ? 'pass' : 'invalid',
      message: check.sentence,
      detail: null,
      seconds: 0,
    })),
    ...standingFindings(result)
      .filter((finding) => finding.severity === 'fail')
      .map((finding): Case => ({
        group: 'finding',
        name: [finding.kind, finding.service, finding.arm].filter((part) => part !== null).join(' '),
        outcome: 'fail',
        message: finding.sentence,
        detail: finding.hint,
        seconds: 0,
      })),
  ];
}

function element({ group, name, outcome, message, detail, seconds }: Case, suite: string): string {
  const owner = escape(oneLine(`${suite}.${group}`));
  const opening = `    <testcase name="${escape(oneLine(name))}" classname="${owner}" time="${seconds.toFixed(3)}"`;
  const problem = PROBLEM[outcome];
  if (problem === null) return `${opening}/>`;
  const attributes = `message="${escape(oneLine(message))}" type="${outcome}"`;
  const text = escape(detail === null ? message : `${message}\n${detail}`);
  return `${opening}>\n      <${problem} ${attributes}>${text}</${problem}>\n    </testcase>`;
}

function propertiesOf(result: Result): Readonly<Record<string, string>> {
  const { manifest, verdict } = result;
  const decisive = decisiveService(result);
  const { difference = null, detectable = null, margin = verdict.assessment.margin } = decisive ?? {};
  return {
    'slopegate.version': result.slopegate,
    'slopegate.outcome': verdict.outcome,
    'slopegate.run': manifest.runId,
    'slopegate.scenario': manifest.scenario.name,
    'slopegate.baseline': manifest.scenario.arms.baseline.label,
    'slopegate.candidate': manifest.scenario.arms.candidate.label,
    'slopegate.unit': decisive?.unit ?? (verdict.assessment.axis === 'requests' ? 'bytes/request' : 'bytes/second'),
    'slopegate.margin': String(margin),
    'slopegate.decisive': decisive === null ? '' : assessmentName(decisive),
    'slopegate.difference': difference === null ? '' : String(difference.value),
    'slopegate.difference.lower': difference === null ? '' : String(difference.lower),
    'slopegate.difference.upper': difference === null ? '' : String(difference.upper),
    'slopegate.detectable': detectable === null ? '' : String(detectable),
    'slopegate.replicates': String(verdict.assessment.replicates),
    'slopegate.requests': String(extentOf(result).judgedRequests),
    'slopegate.trace': manifest.trace?.digest ?? '',
    'slopegate.calibration': calibrationSentence(result) ?? '',
  };
}

export function renderJunit(result: Result): Rendered {
  const cases = casesOf(result);
  const suite = `slopegate.${result.manifest.scenario.name}`;
  const having = (problem: 'failure' | 'error'): number =>
    cases.filter((item) => PROBLEM[item.outcome] === problem).length;
  const totals = `tests="${cases.length}" failures="${having('failure')}" errors="${having('error')}"`;
  const time = cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  const timestamp = escape(result.manifest.startedAt.replace(/(\.\d+)?(Z|[+-]\d\d:\d\d)?$/, ''));
  const properties = Object.entries(propertiesOf(result)).map(
    ([name, value]) => `      <property name="${name}" value="${escape(value)}"/>`,
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    // The schema of Ant wants this element without attributes, and the five attributes after `name`.
    '<testsuites>',
    `  <testsuite name="${escape(oneLine(suite))}" package="slopegate" id="0" hostname="localhost" ` +
      `timestamp="${timestamp}" time="${time}" ${totals} skipped="0">`,
    '    <properties>',
    ...properties,
    '    </properties>',
    ...cases.map((item) => element(item, suite)),
    `    <system-out>${escape(result.verdict.sentence)}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
    '</testsuites>',
  ];
  return { path: 'junit.xml', contents: `${lines.join('\n')}\n` };
}
