import {
  attributions,
  confirmation,
  extentWords,
  grownParts,
  isRecorded,
  sortedServices,
  standingFindings,
  versionsOf,
} from '../facts/index.js';
import type { HostFacts, HuntResult } from '../model/index.js';
import type { Result } from '../results/index.js';
import { estimateOr, perWhat } from '../words/growth.js';
import { issueTitle, smallestWords } from '../words/issue.js';
import { count, memory, plural } from '../words/numbers.js';
import { explanationLines } from './explanation.js';
import { block, identifier, md, row } from './md.js';

/** What a note to the makers of the software is made of. */
export interface IssueSource {
  readonly result: Result;
  /** A hunt in the same two versions; null without one. */
  readonly hunt: HuntResult | null;
  /** The command that repeats the run. */
  readonly command: string;
}

/**
 * A note ready to be sent to the makers of the candidate: what grows, by how much, with which request, in which
 * versions, and how to repeat it. It says nothing about the sender: no environment, no folder, no rate and limit in
 * production.
 * @example renderIssue({ result, hunt: null, command: 'slopegate run upgrade.yaml' })
 */
export function renderIssue({ result, hunt, command }: IssueSource): string {
  const { manifest, verdict } = result;
  const { baseline, candidate } = manifest.scenario.arms;
  const lines = [
    `# ${md(issueTitle(result))}`,
    '',
    md(verdict.sentence),
    '',
    `Compared with ${md(baseline.label)}, ${md(candidate.label)} keeps more memory.`,
    'Both got the same requests at the same time, in containers of their own.',
    ...section('How much', growthLines(result)),
    ...section('Which requests', requestLines(result, hunt)),
    ...section('What keeps the memory', ofTheseImages(result)),
    ...section('Versions', versionLines(result)),
    ...section('How it was measured', measureLines(result)),
    ...section('To repeat it', [...block(command), '', ...repeatLines(result)]),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function growthLines(result: Result): readonly string[] {
  const failed = sortedServices(result).filter(({ judged, outcome }) => judged && outcome === 'fail');
  const unit = failed[0]?.unit ?? 'bytes/request';
  return [
    row([`growth ${perWhat(unit)}`, 'compared with', 'this version', 'difference']),
    '|---|--:|--:|--:|',
    ...failed.map(({ role, growth, difference, unit: own }) =>
      row([role, ...[growth.baseline, growth.candidate, difference].map((one) => estimateOr(one, own))].map(md)),
    ),
    ...grownParts(result).flatMap((text) => ['', md(text)]),
  ];
}

function requestLines(result: Result, hunt: HuntResult | null): readonly string[] {
  const smallest = (hunt?.findings ?? []).flatMap((finding) => [
    '',
    md(smallestWords(finding)),
    '',
    ...block(finding.request),
  ]);
  const blamed = attributions(result)
    .filter(({ blame }) => Object.values(blame).some(({ named }) => named.length > 0))
    .flatMap(({ sentences }) => sentences);
  return [...blamed.map((text) => `- ${md(text)}`), ...smallest].filter(
    (line, index, all) => !(line === '' && index === 0) && !(line === '' && all[index - 1] === ''),
  );
}

/** What other images keep says nothing about these. */
function ofTheseImages(result: Result): readonly string[] {
  const { explanation } = result;
  if (explanation?.run?.otherImages.length !== 0 || explanation.run.changed !== null) return [];
  // What the run itself says is above, and here it would name the rate of production.
  return explanationLines({ explanation: { ...explanation, run: null } });
}

function versionLines(result: Result): readonly string[] {
  const rows = versionsOf(result).flatMap(({ role, rows: all }) =>
    all
      .filter(({ changed }) => changed)
      .map(({ what, baseline, candidate }) => row([role, what, baseline ?? 'none', candidate ?? 'none'].map(md))),
  );
  return rows.length === 0
    ? []
    : [row(['service', 'what', 'compared with', 'this version']), '|---|---|---|---|', ...rows];
}

function measureLines(result: Result): readonly string[] {
  const { manifest, verdict } = result;
  const confirmed = confirmation(result);
  const { validity } = verdict.assessment;
  return [
    `- ${extentWords(result)}.`,
    ...(confirmed === null ? [] : [`- ${confirmed}`]),
    ...(isRecorded(result)
      ? []
      : [
          `- ${validity.filter(({ ok }) => ok).length} of ${plural(validity.length, 'check')} ` +
            'of a fair comparison held.',
        ]),
    ...standingFindings(result)
      .filter(({ severity, kind }) => severity !== 'info' && kind !== 'time-to-limit')
      .map(({ sentence }) => `- ${md(sentence)}`),
    ...(manifest.host === null ? [] : [`- Host: ${md(hostWords(manifest.host))}.`]),
    `- Measured with slopegate ${md(result.slopegate)}, ${md(manifest.startedAt.slice(0, 10))}.`,
  ];
}

function hostWords({ os, kernel, architecture, cpus, cpuModel, memoryBytes, docker }: HostFacts): string {
  const model = cpuModel === '' ? '' : ` (${cpuModel})`;
  const machine = `${architecture}, ${plural(cpus, 'CPU')}${model}, ${memory(memoryBytes)}`;
  return `${os}, Linux ${kernel}, ${machine}, Docker ${docker}`;
}

function repeatLines({ manifest: { trace } }: Result): readonly string[] {
  if (trace === null) return [];
  return [
    `The traffic is made from the seed ${trace.seed}: ${count(trace.requests)} requests, ` +
      `SHA-256 ${identifier(trace.digest)}.`,
  ];
}
