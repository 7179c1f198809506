import { clip, plain, table } from '../facts/index.js';
import { nameOf } from '../releases/index.js';
import type { LadderResult, LadderRung, RungService, VersionRun } from '../results/index.js';
import { estimate, growth } from '../words/growth.js';
import { ladderNote, ladderSentence, unjudgedWords, verdictWord } from '../words/ladder.js';
import { metricName } from '../words/metrics.js';

const VERSION_WIDTH = 24;
const BAR_WIDTH = 20;

/** A ladder for the terminal: a table for each service, then what was not judged, and the runs. */
export function describeLadder(result: LadderResult): string {
  const { rungs, margin, notes, place } = result;
  const first = plain(rungs[0]?.version ?? '');
  const names = new Map(
    rungs.flatMap(({ services }) => services.map((service) => [`${service.role}\n${service.metric}`, service])),
  );
  return [
    plain(ladderSentence(result)),
    `Each version was compared with ${first} under the same requests. The version is ${plain(nameOf(place))}. ` +
      `Margin: ${growth(margin, 'bytes/request')}.`,
    ...notes.map(ladderNote),
    ...[...names.values()].flatMap((service) => ['', ...staircase(service, rungs, margin)]),
    ...unjudged(rungs),
    '',
    ...runLines(rungs),
  ]
    .join('\n')
    .concat('\n');
}

/** Runs by version, and which of them existed before. */
export function runLines(runs: readonly VersionRun[]): readonly string[] {
  const lines = runs.flatMap((one) =>
    one.run === null
      ? []
      : [
          [
            clip(plain(one.version), VERSION_WIDTH),
            verdictWord(one),
            plain(one.run),
            one.reused ? 'used again' : 'new',
          ],
        ],
  );
  return lines.length === 0 ? [] : ['Runs:', ...table(lines).map((line) => `  ${line.trimEnd()}`)];
}

/** Why versions were not judged. */
export function unjudged(runs: readonly VersionRun[]): readonly string[] {
  const lines = runs.flatMap(({ failure, ...run }) =>
    failure === null ? [] : [`  ${plain(unjudgedWords({ ...run, failure }))}`],
  );
  return lines.length === 0 ? [] : ['', 'Could not be judged:', ...lines];
}

function staircase(named: RungService, rungs: readonly LadderRung[], margin: number): readonly string[] {
  const rows = rungs.map((rung) => ({
    rung,
    service: rung.services.find(({ role, metric }) => role === named.role && metric === named.metric) ?? null,
  }));
  // A difference below the margin must not look large.
  const highest = Math.max(margin, ...rows.map(({ service }) => service?.difference?.value ?? 0));
  const bar = (value: number): string =>
    '█'.repeat(Math.round((BAR_WIDTH * Math.max(0, value)) / highest)).padEnd(BAR_WIDTH);
  const cell = (value: RungService['growth'] | undefined): string =>
    value === null || value === undefined ? '' : estimate(value, named.unit).whole;
  const first = clip(plain(rungs[0]?.version ?? ''), VERSION_WIDTH);
  const head = ['version', 'verdict', 'own growth', `beyond ${first}`, 'beyond the one before', ''];
  const cells = rows.map(({ rung, service }) => [
    clip(plain(rung.version), VERSION_WIDTH),
    // A whole version can fail for another service, or for a finding.
    service?.outcome?.toUpperCase() ?? verdictWord(rung),
    cell(service?.growth),
    cell(service?.difference),
    cell(service?.step),
    bar(service?.difference?.value ?? 0),
  ]);
  return [
    `${plain(named.role)}, ${metricName(named.metric)}, ${named.unit.replace('/', ' per ')}, with 95 % intervals:`,
    ...table([head, ...cells]).map((line) => `  ${line.trimEnd()}`),
  ];
}
