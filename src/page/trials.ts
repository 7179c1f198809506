import { dataTable, folded, h, hostPlots, note, section, type Child, type Element } from '../drawing/index.js';
import { isRecorded } from '../facts/index.js';
import type { Result } from '../results/index.js';
import { dateAndTime, momentWords } from '../words/clock.js';
import { count, duration, percent, plural } from '../words/numbers.js';
import { late } from './evidence.js';

/** How busy the host was, of the time of a trial. */
const HOST_COLUMNS = [
  { title: 'CPU short', number: true },
  { title: 'CPU stolen', number: true },
];

export function trials(result: Result): Element {
  const { trials: all } = result;
  const recorded = isRecorded(result);
  const isClockKnown = all.some(({ clockAtZero }) => clockAtZero !== undefined);
  const hostAsked = all.some(({ host }) => host !== undefined);
  const events = all.flatMap((trial) =>
    trial.events.map((event) => ({
      text:
        `${trial.id}: ${event.kind} of ${event.service} ${momentWords(trial.clockAtZero, event.time)} ` +
        `(${plural(event.requests, 'request')} answered). ${event.detail}`,
      log: event.log,
    })),
  );
  return section(
    'trials',
    recorded ? 'Recordings' : 'Trials',
    events.length === 0
      ? null
      : h(
          'ul',
          { class: 'findings' },
          events.map(({ text, log }) =>
            h(
              'li',
              { class: 'warn' },
              text,
              log === undefined ? null : folded('Last lines of its log', h('pre', {}, log)),
            ),
          ),
        ),
    recorded
      ? folded(`${all.length} recordings`, recordings(result))
      : folded(
          `${all.length} trials, each in fresh containers`,
          dataTable(
            'Trials',
            [
              { title: 'Trial' },
              { title: 'Version' },
              { title: 'Purpose' },
              ...(isClockKnown ? [{ title: 'Began, UTC' }] : []),
              { title: 'Load', number: true },
              { title: 'Answered', number: true },
              { title: 'Late, p99', number: true },
              ...(hostAsked ? HOST_COLUMNS : []),
              { title: 'State' },
            ],
            all.map((trial) => ({
              ...(trial.complete ? {} : { class: 'changed' }),
              cells: [
                trial.id,
                trial.arm,
                `${trial.purpose} ${trial.replicate}`,
                ...(isClockKnown ? [trial.clockAtZero === undefined ? '—' : dateAndTime(trial.clockAtZero)] : []),
                duration(trial.seconds),
                count(trial.answered),
                late(trial.lateness?.p99),
                ...(hostAsked ? [shareOf(trial.host?.cpu), shareOf(trial.host?.stolen)] : []),
                trial.failure?.sentence ?? (trial.complete ? 'complete' : 'cut short'),
              ],
            })),
          ),
        ),
    hostAsked ? hostLoad(result) : null,
  );
}

/** Pictures of how busy the host was while the trials ran. */
function hostLoad({ trials: all }: Result): Child {
  const plots = hostPlots(all);
  return plots.length === 0
    ? null
    : folded(
        'How busy the host was',
        note(
          'The share of the time in which a process had to wait for a CPU (solid line). The dotted line is processor ' +
            'time that other guests of the same machine took.',
        ),
        h('div', { class: 'multiples' }, plots),
      );
}

/** As a share of the time; a dash if the host does not tell. */
function shareOf(share: number | null | undefined): string {
  return share === null || share === undefined ? '—' : percent(share);
}

function recordings({ trials: all }: Result): Element {
  return dataTable(
    'Recordings',
    [
      { title: 'Recording' },
      { title: 'Version' },
      { title: 'Replicate', number: true },
      { title: 'Load', number: true },
    ],
    all.map((trial) => ({ cells: [trial.id, trial.arm, String(trial.replicate), duration(trial.seconds)] })),
  );
}
