import { code, dataTable, folded, h, note, section, type Child, type Element } from '../drawing/index.js';
import { calibrationSentence, isRecorded, OUTCOMES, versionsOf } from '../facts/index.js';
import type { HostFacts, RequestSpan, Scenario } from '../model/index.js';
import type { Result, WordedAssessment } from '../results/index.js';
import { kindName } from '../words/differences.js';
import { growth } from '../words/growth.js';
import { count, duration, memory, percent, plural, significant } from '../words/numbers.js';

export function whatRan(result: Result): Child {
  if (isRecorded(result)) return null;
  const roles = versionsOf(result);
  return section(
    'versions',
    'What ran, and what changed',
    roles.length === 0
      ? note('No containers were recorded.')
      : note('The verdict covers everything that differs between the two sides, not only the version of the WAF.'),
    differing(result),
    roles.map(({ role, rows }) => {
      const changed = rows.filter((row) => row.changed);
      const same = rows.filter((row) => !row.changed);
      const columns = [{ title: 'What' }, { title: 'Baseline' }, { title: 'Candidate' }];
      const cell = (value: string | null): Child => (value === null ? 'absent' : code(value));
      return [
        h('h3', {}, role),
        changed.length === 0
          ? note('The same on both sides.')
          : dataTable(
              `${role}: what changed`,
              columns,
              changed.map((row) => ({ class: 'changed', cells: [row.what, cell(row.baseline), cell(row.candidate)] })),
            ),
        same.length === 0
          ? null
          : folded(
              `${plural(same.length, 'value')} ${same.length === 1 ? 'is' : 'are'} the same on both sides`,
              dataTable(
                `${role}: the same on both sides`,
                columns,
                same.map((row) => ({ cells: [row.what, cell(row.baseline), cell(row.candidate)] })),
              ),
            ),
      ];
    }),
  );
}

/** What differs between the resolved compose files. Images are below, as they really ran. */
function differing({ manifest: { armDifferences } }: Result): Child {
  if (armDifferences === undefined) return null;
  const shown = armDifferences.filter(({ kind }) => kind !== 'image');
  if (shown.length === 0) return note('Apart from images, the compose files of both sides are the same.');
  const cell = (value: string | null): Child => (value === null ? 'absent' : code(value));
  return dataTable(
    'What differs between the compose files',
    [{ title: 'What' }, { title: 'Where' }, { title: 'Baseline' }, { title: 'Candidate' }],
    shown.map(({ kind, path, baseline, candidate }) => ({
      class: 'changed',
      cells: [kindName(kind), code(path), cell(baseline), cell(candidate)],
    })),
  );
}

type Fact = readonly [name: string, value: Child];

function facts(pairs: readonly Fact[]): Element {
  return h(
    'dl',
    { class: 'facts' },
    pairs.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

function span({ requests, seconds }: RequestSpan): string {
  return requests === 0
    ? duration(seconds)
    : `${plural(requests, 'request')}${seconds === 0 ? '' : ` and at least ${duration(seconds)}`}`;
}

function gateFacts({ gate }: Scenario, { axis, margin }: WordedAssessment): readonly Fact[] {
  const { production } = gate;
  return [
    ['Margin', growth(margin, axis === 'requests' ? 'bytes/request' : 'bytes/second')],
    [
      'Production',
      production === null
        ? 'not stated'
        : `${count(production.ratePerSecond)} requests/s, ${memory(production.headroomBytes)} of headroom, ` +
          `for ${duration(production.surviveSeconds)}`,
    ],
  ];
}

export function scenario(result: Result): Element {
  const {
    manifest: { scenario: all, trace },
    verdict,
  } = result;
  const { name, description, file, experiment, traffic, stack, identity, gate } = all;
  const about = description === '' ? null : h('p', {}, description);
  const spans: readonly Fact[] = [
    ['Warm-up', span(experiment.warmup)],
    ['Judged window', span(experiment.window)],
  ];
  if (isRecorded(result)) {
    const rate: readonly Fact[] =
      verdict.assessment.axis === 'requests' ? [['Rate, as recorded', `${significant(traffic.rate)} requests/s`]] : [];
    return section(
      'scenario',
      'How the recordings were judged',
      about,
      facts([
        ...rate,
        ...spans,
        ...gateFacts(all, verdict.assessment),
        ['Judged', 'once, on all replicates'],
        ['Confirmation of a FAIL', 'none: recordings have no longer pair'],
      ]),
    );
  }
  const limits = [
    stack.limits.memoryBytes === null ? null : memory(stack.limits.memoryBytes),
    stack.limits.cpus === null ? null : `${stack.limits.cpus} ${stack.limits.cpus === 1 ? 'CPU' : 'CPUs'}`,
  ].filter((part) => part !== null);
  return section(
    'scenario',
    'Scenario',
    about,
    facts([
      ['Name', name],
      ['File', code(file)],
      ['To repeat the run', code(`slopegate run ${file}`)],
      ['Order', experiment.order === 'concurrent' ? 'both versions side by side' : 'one at a time, in the order ABBA'],
      ['Rate', `${count(traffic.rate)} requests/s to each version`],
      ...spans,
      ['Idle time', duration(experiment.idleSeconds)],
      ['Judged after', `${experiment.looks.join(', ')} replicates`],
      ['Limits per container', limits.length === 0 ? 'as in the compose file' : limits.join(', ')],
      ...gateFacts(all, verdict.assessment),
      ['Decisions may differ in', `${percent(identity.decisionTolerance)} of a label`],
      ['Confirmation of a FAIL', gate.confirm],
      ['Seed', String(trace?.seed ?? traffic.seed)],
      ['Trace digest', trace === null ? 'no trace was recorded' : code(trace.digest)],
    ]),
  );
}

function machineFacts(host: HostFacts): readonly (readonly [name: string, value: string])[] {
  return [
    ['System', host.os],
    ['Kernel', host.kernel],
    ['Architecture', host.architecture],
    ['CPUs', `${host.cpus} × ${host.cpuModel || 'unknown processor'}`],
    ['Memory', memory(host.memoryBytes)],
    ['Swap', host.swapBytes === null ? 'not known' : memory(host.swapBytes)],
    ['cgroup', host.cgroupVersion === null ? 'unknown' : `version ${host.cgroupVersion}`],
    ['Docker', `${host.docker} (API ${host.dockerApi})`],
    ['Compose', host.compose],
    ['Node.js', host.node],
  ];
}

/** One line if the two hosts are the same, otherwise a line for each. */
function ofBoth(
  baseline: ReturnType<typeof machineFacts>,
  candidate: ReturnType<typeof machineFacts>,
): readonly Fact[] {
  return baseline.map(([name, value], index) => {
    const other = candidate[index]?.[1];
    const both = `${value} (baseline’s host), ${other} (candidate’s)`;
    return [name, value === other ? `${value}, on both hosts` : both];
  });
}

export function host(result: Result): Element {
  const {
    manifest: { host: facts_, candidateHost, notes, runId, startedAt, endedAt },
    slopegate,
  } = result;
  const recorded = isRecorded(result);
  const calibrated = calibrationSentence(result);
  const times: readonly Fact[] = recorded
    ? [['Judged', startedAt]]
    : [
        ['Started', startedAt],
        ['Ended', endedAt ?? 'cut short'],
      ];
  const run: readonly Fact[] = [['Run', code(runId)], ...times, ['slopegate', slopegate]];
  const machine: readonly Fact[] =
    facts_ === null
      ? [['Host', recorded ? 'not known' : 'not recorded']]
      : candidateHost
        ? ofBoth(machineFacts(facts_), machineFacts(candidateHost))
        : machineFacts(facts_);
  return section(
    'host',
    recorded ? 'Where these series come from' : 'Run and host',
    facts([...run, ...machine]),
    h(
      'ul',
      {},
      [...(calibrated === null ? [] : [calibrated]), ...notes.map(({ sentence }) => sentence)].map((text) =>
        h('li', {}, text),
      ),
    ),
  );
}

/** Space for the signature of the person who decides; on paper only. */
export function signature({ verdict: { outcome }, manifest: { runId } }: Result): Element {
  return h(
    'section',
    { class: 'signature', 'aria-label': 'Sign-off' },
    h('p', { class: 'signed' }, `Sign-off of run ${runId}, verdict ${OUTCOMES[outcome].word}`),
    ['Decision', 'Name', 'Date', 'Signature'].map((what) => h('p', { class: 'blank' }, what)),
  );
}
