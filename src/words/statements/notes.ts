import type { Copied, CountedCall, Gaps, MergedRun, NoteFacts, Restart, TimeSpan } from '../../model/index.js';
import { dateAndMinute } from '../clock.js';
import { count, list, memory, plural } from '../numbers.js';
import { damageWords } from './recording-faults.js';
import type { Sentences } from './sentences.js';

/** What must be there so that the connections of an arm can be closed. */
export const CLOSING_NEEDS =
  "It needs iptables and nsenter on the daemon's host, and root there or the image debian:bookworm-slim " +
  'for a short-lived helper container.';

/** What a recording says beside its measurements. */
export const NOTES: Sentences<NoteFacts> = {
  'older-note': ({ text }) => text,
  'slab-not-separate': () =>
    'cgroup v1 does not separate reclaimable slab (directory entries, inodes) from other kernel memory: ' +
    'kernel_bytes is shown but does not count towards unreclaimable_bytes, which is anonymous and shared ' +
    'memory and, where they are accounted, socket buffers. A host with cgroup v2 separates them.',
  'kernel-memory-not-counted': () =>
    'This kernel does not count kernel memory per cgroup: unreclaimable_bytes does not include it.',
  'sidecar-not-needed': () =>
    "observe.sidecar: the kernel's files of this host tell all that a sidecar would; none was started.",
  'processes-closed': () =>
    "This user may not look into the containers' processes (not root): descriptors are not told apart, and sockets " +
    'are missing. `observe.sidecar: true` counts them.',
  'huge-pages': () =>
    'This host gives huge pages to every process (transparent_hugepage is "always"): ' +
    'memory may grow in steps of 2 to 4 MiB.',
  'stats-without-processes': () =>
    'The Docker stats API has no processes, descriptors or sockets: pids, fds and sockets ' +
    'are missing, and a replaced worker is not noticed. `observe.sidecar: true` counts them.',
  'stats-with-sidecar': () =>
    "Processes, descriptors and sockets are counted by a container of slopegate's own beside each " +
    'one, in its pid namespace; memory and threads come from the Docker stats API.',
  'stats-once-a-second': () =>
    'The Docker stats API gives about one reading a second (every 1.03 s, so some seconds have none): ' +
    'minimum and median of a second are the same, and short bursts of memory may look like slopes.',
  'stats-without-shared-memory': () =>
    'The Docker stats API under cgroup v1 has no shared and no kernel memory: unreclaimable_bytes ' +
    'is anonymous memory only, a lower bound.',
  'stats-kernel-memory-partial': () =>
    'The Docker stats API may leave out page tables and per-CPU memory: kernel_bytes is the sum of ' +
    'the parts it lists, a lower bound.',
  'pressure-unknown': () =>
    'This host does not tell its pressure (/proc/pressure cannot be read): how long processes waited for a CPU, ' +
    'for memory or for a disk is not known.',
  'lens-sees': ({ service, counted, uncounted }) => {
    const others = uncounted.map(({ command, allocator }) =>
      allocator === null ? command : `${command} (its memory comes from ${allocator})`,
    );
    const rest = others.length === 0 ? '' : ` It does not see ${list(others)}.`;
    return counted.length === 0
      ? `The lens cannot see the live heap of ${service}.${rest}`
      : `The lens counts the live heap of ${service}: ${list(counted)}.${rest}`;
  },
  'merged-runs': ({ runs }) =>
    `This run was merged from ${runs.length} runs. ${runs.map(mergedWords).join(' ')} ` +
    'Both versions of each replicate ran on the same machine.',
  'two-hosts': ({ processorsCompared }) =>
    'The two versions ran on two hosts: a difference between the hosts counts as a difference between the versions.' +
    (processorsCompared ? '' : ' Their processors could not be compared, because Docker does not name them.'),
  'restarted-before-load': ({ service, times }) =>
    `${service} was restarted ${times === 1 ? 'once' : `${count(times)} times`} while the arm started, ` +
    'as its compose file allows. That is before the load and does not count.',
  'network-not-closed': ({ service }) =>
    `The arm could reach outside during the load, because the network of ${service} could not be closed. ` +
    CLOSING_NEEDS,
  'outbound-stopped': ({ service, packets, destinations }) => {
    const where = destinations.length === 0 ? '' : `: ${destinations.slice(0, 10).join(', ')}`;
    return `${service} tried to reach outside of its arm ${plural(packets, 'time')} and was stopped${where}.`;
  },
  'calls-refused': ({ service, calls }) =>
    `${service} asked its Docker API for what an arm may not do, and was refused: ${callWords(calls)}.`,
  'calls-done': ({ service, calls }) => `${service} acted on its arm through its Docker API: ${callWords(calls)}.`,
  'answers-given-up': ({ answers }) =>
    answers === 1
      ? '1 answer did not end for a long time; it counts as no answer.'
      : `${count(answers)} answers did not end for a long time; they count as no answer.`,

  'not-sealed': () =>
    'This recording is not sealed: an older version of slopegate wrote it. ' +
    'Lines that were changed or removed after the run cannot be noticed.',
  resumed: ({ at }) =>
    `The run was interrupted and resumed at ${dateAndMinute(at)} UTC, ` +
    'on the same host, with the same scenario and traffic.',
  'files-damaged': damageWords,
  'readings-unreadable': ({ readings, firstLine }) =>
    `${plural(readings, 'reading')} of the journal cannot be read (the first is in line ${firstLine}).`,
  'last-line-cut-off': () =>
    'The last line of the journal was cut off and is left out. The run was killed, or the disk was full.',

  'recorded-elsewhere': () =>
    'Judged from series recorded elsewhere. They do not show if both sides got the same requests and ' +
    'decided them alike, if a container died, and what ran.',
  'judged-once': () => 'All replicates are judged once, together; a FAIL is not confirmed by a longer pair.',
  'rare-events': () =>
    'Most counts stay the same for several readings, so "requests" are rare events (reloads, batches): growth is ' +
    'per event, measured on the lowest level between two events.',
  'margin-converted': ({ bytesPerSecond, bytesPerRequest, rate }) =>
    `The margin of ${bytesPerSecond} bytes/s is ${Number(bytesPerRequest.toPrecision(3))} ` +
    `bytes/request at the ${rate} requests/s recorded.`,
  'requests-not-counted': ({ margin }) =>
    'No requests were counted on every side: growth is judged per second, over the whole of each recording.' +
    (margin === null
      ? ''
      : ` The margin is ${perRequest(margin)} at ${margin.rateAssumed ? 'an assumed ' : ''}${margin.rate} ` +
        'requests/s; use --rate or a margin in B/s to change it.'),
  'metric-chosen': ({ metric }) =>
    `${metric} is judged: it is the best of the memory columns that all recordings have. --metric chooses another.`,
  'metric-with-cache': ({ metric }) =>
    `${metric} contains page cache, which the kernel takes back and which differs between identical containers; ` +
    'anon_bytes shows five to thirty times smaller growth.',
  'services-apart': ({ services }) =>
    `Services, each judged by itself: ${services.join(', ')}; --service NAME judges one alone.`,
  'services-added-up': ({ services }) =>
    `Several pods, containers or processes of one service are added up: ${services.join(', ')}.`,
  'warmup-asked': ({ seconds }) => `The first ${seconds} s of load are left out as warm-up, as asked.`,
  'warmup-standard': ({ seconds, leastSeconds, leastRequests }) =>
    `The first ${seconds} s of load are left out as warm-up: at least ${leastSeconds} s` +
    `${leastRequests === null ? '' : ` and ${count(leastRequests)} requests`}.`,
  'warmup-short': ({ seconds, standardSeconds }) =>
    `The first ${seconds} s of load are left out as warm-up: a third of the shortest recording, which is too ` +
    `short for the ${standardSeconds} s of the method. The rest of the start-up looks like growth on both sides.`,
  'service-not-judged': ({ source, service, readings }) =>
    `${source}: ${service} has only ${plural(readings, 'reading')} and is not judged.`,
  'copy-left-out': ({ replicate, ...copied }) =>
    `${copyWords(copied)}: a copy is no further evidence, so replicate ${replicate} is left out.`,
  'never-measured': ({ source, metric }) =>
    `${source}: ${metric} is always 0 or impossible, so it was not measured; it is not judged.`,
  'readings-impossible': ({ source, metric, service, readings, first }) => {
    const one = readings === 1;
    return (
      `${source}: ${one ? 'one reading' : `${readings} readings`} of ${metric}` +
      `${service === null ? '' : ` of ${service}`} cannot be (${first.value} at ${first.at} s` +
      `${one ? '' : ' is the first'}) and ${one ? 'is' : 'are'} left out as missing.`
    );
  },
  'readings-missing': (gaps) =>
    `${gaps.source}: there are no readings at ${gapWords(gaps)}${gaps.gaps > gaps.first.length ? ' and more' : ''}, ` +
    `${ofWhole(gaps)}.`,
  'part-judged': ({ part, ...gaps }) =>
    `${gaps.source}: there are no readings at ${gapWords(gaps)}, ${ofWhole(gaps)}. ` +
    `Only the longest part without a gap is judged, ${spanWords(part)}.`,
  'looks-restarted': (restart) => `${restartWords(restart)}.`,
  'rates-differ': ({ replicate, baseline, candidate }) =>
    `replicate ${replicate}: ${baseline.toFixed(1)} requests/s on the baseline and ${candidate.toFixed(1)} on the ` +
    'candidate; the load was not the same, so growth that comes with time, not with requests, is measured wrongly.',
  'lengths-differ': ({ source, seconds, longestSeconds }) =>
    `${source} has only ${seconds.toFixed(0)} s of load, another recording ${longestSeconds.toFixed(0)} s: ` +
    'all are judged over the length of the shortest one.',
};

const MOST_CALLS = 10;

/** `POST /containers/create (3 times)`, at most ten of them. */
function callWords(calls: readonly CountedCall[]): string {
  const shown = calls.slice(0, MOST_CALLS).map(({ call, times }) => `${call} (${plural(times, 'time')})`);
  const more = calls.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${plural(more, 'other call')}` : '');
}

function perRequest({
  counted,
  perRequest,
  isDefault,
}: NonNullable<NoteFacts['requests-not-counted']['margin']>): string {
  if (counted !== null) return `${perRequest * 1000} of ${counted} in 1,000 requests`;
  return `${isDefault ? 'the default of ' : ''}${perRequest} bytes/request`;
}

/** `a.csv and b.csv have the same readings` */
export function copyWords({ source, twin }: Copied): string {
  return twin === null ? `${source} is given twice` : `${twin} and ${source} have the same readings`;
}

/** `a.csv: anon_bytes falls from 80 to 30 MiB at 240 s and stays low, as after a restart` */
export function restartWords({ source, metric, at, from, to }: Restart): string {
  return (
    `${source}: ${metric} falls from ${mib(from)} to ${mib(to)} MiB at ${Math.round(at)} s and stays low, ` +
    'as after a restart'
  );
}

const mib = (bytes: number): number => Math.round(bytes / 1024 ** 2);

const spanWords = ({ from, to }: TimeSpan): string => `${Math.round(from)}–${Math.round(to)} s`;

/** `120–180 s, 300–330 s`: the first three. */
export function gapWords({ first }: Pick<Gaps, 'first'>): string {
  return first.map(spanWords).join(', ');
}

/** `90 of 310 s` */
export function ofWhole({ missingSeconds, seconds }: Pick<Gaps, 'missingSeconds' | 'seconds'>): string {
  return `${Math.round(missingSeconds)} of ${Math.round(seconds)} s`;
}

/** `Replicates 1 and 3: Xeon E5, 8 CPUs, 16 GiB, kernel 6.1.0 (my-waf-20261121-204501-7-r1).` */
function mergedWords({ run, replicates, confirms, processor, cpus, memoryBytes, kernel }: MergedRun): string {
  const number = replicates.length === 1 ? 'Replicate' : 'Replicates';
  const pairs = [
    ...(replicates.length === 0 ? [] : [`${number} ${list(replicates.map(String))}`]),
    ...(confirms ? ['the pair that confirms'] : []),
  ];
  const what = list(pairs);
  const machine = [
    ...(processor === '' ? [] : [processor]),
    ...(cpus === 0 ? [] : [plural(cpus, 'CPU')]),
    ...(memoryBytes === 0 ? [] : [memory(memoryBytes)]),
    ...(kernel === '' ? [] : [`kernel ${kernel}`]),
  ];
  const where = machine.length === 0 ? 'machine not known' : machine.join(', ');
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${where} (${run}).`;
}
