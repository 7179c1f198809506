import {
  actionSentence,
  advice,
  armDifferencesSentence,
  armTraffic,
  assessmentName,
  attributions,
  blameSentences,
  calibrationSentence,
  transportWords,
  confirmation,
  decisiveService,
  detectableWords,
  extentWords,
  grownParts,
  isRecorded,
  NOT_KNOWN,
  OUTCOMES,
  phaseSentence,
  projectionUnlessFound,
  latenessOfArm,
  remainingFaults,
  remainingFindings,
  showsTime,
  sortedServices,
  TIME_UNIT,
  timeOutcome,
  versionsOf,
  type Rendered,
} from '../facts/index.js';
import { ARMS } from '../model/index.js';
import { ATTRIBUTED, type Result, type WordedService } from '../results/index.js';
import { kindName } from '../words/differences.js';
import { amount, estimateOr, perWhat } from '../words/growth.js';
import { count, list, percent, plural, significant } from '../words/numbers.js';
import { roleName } from '../words/subject.js';
import { explanationLines } from './explanation.js';
import { identifier, md, row } from './md.js';
import { remedyTestLines } from './remedy-tests.js';

function details(summary: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', '<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>'];
}

function serviceTable(result: Result): readonly string[] {
  const services = sortedServices(result).filter((service) => service.judged);
  const unit = services[0]?.unit ?? 'bytes/request';
  if (services.length === 0) return ['No service was judged.'];
  return [
    row(['', 'service', 'baseline', 'candidate', 'difference', 'margin']),
    '|---|---|--:|--:|--:|--:|',
    ...services.flatMap((service) => {
      const numbers = [...ARMS.map((arm) => service.growth[arm]), service.difference].map((mean) =>
        md(estimateOr(mean, service.unit)),
      );
      return [
        row([
          OUTCOMES[service.outcome].icon,
          md(assessmentName(service)),
          ...numbers,
          md(amount(service.margin, service.unit)),
        ]),
        ...timeRow(result, service),
      ];
    }),
    '',
    `Growth ${perWhat(unit)}, with its interval.`,
  ];
}

/** Growth with time alone, below the growth per request of the same service. */
function timeRow(result: Result, service: WordedService): readonly string[] {
  const { time } = service;
  if (!showsTime(result, service)) return [];
  const name = md(`${assessmentName(service)}, per hour, without requests`);
  if (time === undefined) return [row(['', name, ...Array<string>(4).fill('not measured')])];
  const outcome = timeOutcome(time);
  const numbers = [...ARMS.map((arm) => time.growth[arm]), time.difference];
  return [
    row([
      outcome === null ? '' : OUTCOMES[outcome].icon,
      name,
      ...numbers.map((mean) => md(estimateOr(mean, TIME_UNIT))),
      md(amount(time.margin, TIME_UNIT)),
    ]),
  ];
}

function problems(result: Result): readonly string[] {
  return [
    ...remainingFaults(result).map((check) => `- ${OUTCOMES.invalid.icon} ${md(check.sentence)}`),
    ...remainingFindings(result)
      .filter((finding) => finding.severity !== 'info')
      .map(
        (finding) =>
          `- ${finding.severity === 'warn' ? '⚠️' : '❌'} ${md(finding.sentence)}` +
          (finding.hint === null ? '' : ` ${md(finding.hint)}`),
      ),
  ];
}

function labels(result: Result): readonly string[] {
  return attributions(result).flatMap(({ role, unit, labels: rows }, index) => [
    ...(index === 0 ? [] : ['']),
    row([md(roleName(role)), 'share', ...ATTRIBUTED]),
    '|---|--:|--:|--:|--:|',
    ...rows.map((label) =>
      row([
        md(list(label.labels)),
        md(percent(label.share)),
        ...ATTRIBUTED.map((column) => md(estimateOr(label[column], unit))),
      ]),
    ),
  ]);
}

function changes(result: Result): readonly string[] {
  const rows = versionsOf(result).flatMap(({ role, rows: all }) =>
    all
      .filter((item) => item.changed && item.what !== 'image digest')
      .map((item) => row([role, item.what, item.baseline ?? 'absent', item.candidate ?? 'absent'].map(md))),
  );
  const stacks = (result.manifest.armDifferences ?? [])
    .filter(({ kind }) => kind !== 'image')
    .map(({ kind, path, baseline, candidate }) =>
      row([path, kindName(kind), baseline ?? 'absent', candidate ?? 'absent'].map(md)),
    );
  const all = [...stacks, ...rows];
  return all.length === 0 ? [] : [row(['where', 'what', 'baseline', 'candidate']), '|---|---|---|---|', ...all];
}

/** Which engine sent the requests, and how late they were; empty if that was not recorded. */
function sending(result: Result): readonly string[] {
  const sentBy = transportWords(result);
  const late = ARMS.flatMap((arm) => {
    const known = latenessOfArm(result, arm);
    return known === null ? [] : [`${arm} ${significant(known.p50, 2)} and ${significant(known.p99, 2)} ms`];
  });
  return sentBy === null || late.length === 0
    ? []
    : [
        `- Sent by ${md(sentBy)}; late against the schedule (p50 of the median trial, p99 of the worst): ` +
          `${late.join(', ')}.`,
      ];
}

function evidence(result: Result): readonly string[] {
  const { manifest, verdict } = result;
  const { validity } = verdict.assessment;
  const decisive = decisiveService(result);
  const confirmed = confirmation(result);
  const phased = phaseSentence(result);
  const acted = actionSentence(result);
  const calibrated = calibrationSentence(result);
  const traffic = ARMS.map(
    (arm) => `${arm} ${count(armTraffic(result, arm).answered)} of ${count(armTraffic(result, arm).planned)}`,
  ).join(', ');
  return [
    `- ${extentWords(result)}.`,
    ...(isRecorded(result) ? [`- Recorded series: ${NOT_KNOWN}.`] : [`- Answered: ${traffic}.`, ...sending(result)]),
    ...(result.verdict.outcome === 'invalid' ? [] : [`- ${detectableWords(decisive)}`]),
    ...(isRecorded(result)
      ? []
      : [`- ${validity.filter((check) => check.ok).length} of ${plural(validity.length, 'fairness check')} passed.`]),
    ...(phased === null ? [] : [`- ${md(phased)}`]),
    ...(acted === null ? [] : [`- ${md(acted)}`]),
    ...(confirmed === null ? [] : [`- ${confirmed}`]),
    ...(calibrated === null ? [] : [`- ${md(calibrated)}`]),
    ...(manifest.trace === null
      ? []
      : [`- Trace ${identifier(manifest.trace.digest.slice(0, 16))}, seed ${manifest.trace.seed}.`]),
    `- Run ${identifier(manifest.runId)}, slopegate ${md(result.slopegate)}.`,
  ];
}

/** A comment for a pull request: verdict, sentence and one table; the rest is folded. */
export function renderMarkdown(result: Result): Rendered {
  const {
    manifest: { scenario },
    verdict,
  } = result;
  const decisive = decisiveService(result);
  const projected = decisive === null ? null : projectionUnlessFound(result, decisive);
  const trouble = problems(result);
  const blamed = blameSentences(result);
  const differing = armDifferencesSentence(result);
  const lines = [
    `### ${OUTCOMES[verdict.outcome].icon} slopegate: ${OUTCOMES[verdict.outcome].word} — ${md(scenario.name)}`,
    '',
    `**${md(verdict.sentence)}**`,
    '',
    `${md(scenario.arms.baseline.label)} → ${md(scenario.arms.candidate.label)}`,
    ...(differing === null ? [] : ['', md(differing)]),
    '',
    ...serviceTable(result),
    ...(projected === null ? [] : ['', md(projected)]),
    ...grownParts(result).flatMap((text) => ['', md(text)]),
    ...(trouble.length === 0 ? [] : ['', ...trouble]),
    ...(blamed.length === 0 ? [] : ['', ...blamed.map((text) => `- ${md(text)}`)]),
    '',
    `**What to do:** ${md(advice(verdict))}`,
    ...details('What keeps the memory', explanationLines(result)),
    ...details('Remedies that were tested', remedyTestLines(result)),
    ...details('Growth by label', labels(result)),
    ...details('What changed between the versions', changes(result)),
    ...details('Evidence', evidence(result)),
  ];
  return { path: 'report.md', contents: `${lines.join('\n')}\n` };
}
