import {
  alphasOf,
  containersOn,
  COUNTED,
  countSubjects,
  decidingMetric,
  decisionDifferences,
  gateSubjects,
  isPartlyLost,
  marginOn,
  memorySubjects,
  pairTrials,
  rolesOf,
  usageSubjects,
  timeSubjects,
  windowOf,
  withPriors,
  type GatedSubject,
  type Preparation,
  type Subject,
  type TrialPair,
  type Window,
} from '../evidence/index.js';
import {
  acceptanceFaults,
  acceptancesOf,
  actionFindings,
  assessUsage,
  bothLeak,
  countedGrowth,
  countsStuck,
  deadServices,
  decidedDifferently,
  givenBack,
  growthWithTime,
  hostFindings,
  improvements,
  isAccepted,
  lastStart,
  judgeDeaths,
  leftOut,
  levelShifts,
  liveHeapGrowth,
  misread,
  oneSided,
  repeatedAfterError,
  serverFailed,
  peaks,
  severityOf,
  timesToLimit,
  unlikeHosts,
  usageFindings,
  withAccepted,
} from '../findings/index.js';
import { mayNeedLongerPair, type Recording, type TrialRecording } from '../model/index.js';
import type { Assessment, Finding, ServiceAssessment } from '../results/index.js';
import { FEWEST_ANSWERED, USAGE_FALSE_RATE } from '../statistics/method.js';
import {
  actionsCheck,
  alikeImages,
  alikeTrials,
  consistencyCheck,
  containersCheck,
  copiesCheck,
  decisionsCheck,
  excusedByDeaths,
  fellShort,
  inOrder,
  recordingCheck,
  servedCheck,
  trafficChecks,
  weighed,
} from '../validity/index.js';
import { attribute } from './attribution/attribute.js';
import { confirmFails, runConfirmation } from './confirmation.js';
import { onlyFinalFails } from './final-fails.js';
import { stated } from './growth-statement.js';
import { looksFor, plannedLooks } from './looks.js';
import { nextLook, secondsPerReplicate } from './next-look.js';
import type { AssessOptions } from './options.js';
import { assessService, type Measured } from './service-assessment.js';
import { withMoreThanTheWindow } from './more-than-the-window.js';
import { withoutPartialPass, withoutRepeatedPass } from './partly-measured.js';
import { withoutStuckPass } from './stands-still.js';

/** Everything that can be said about a recording, each statement with its evidence. `judge` makes the verdict of it. */
export function assess(recording: Recording, options: AssessOptions = {}): Assessment {
  const { scenario } = recording.manifest;
  const severities = scenario.gate.findings;
  const acceptances = acceptancesOf(scenario.gate.accepted ?? [], lastStart(recording));
  const alphas = alphasOf(scenario.gate);
  const pairing = pairTrials(recording);
  const pairs = pairing.complete;
  const windows = (trial: TrialRecording): Window | null => windowOf(trial, scenario.experiment.warmup);
  const preparation: Preparation = {
    axis: recording.manifest.trace === null ? axisOf(pairs) : 'requests',
    windowIn: windows,
    sinceLoad: true,
    fewestRequests: options.fewestRequests ?? FEWEST_ANSWERED,
    interrupted: (trial, services) => services.some((name) => deadServices(trial, windows(trial)).has(name)),
  };
  const used = pairs.flatMap(({ baseline, candidate }) => [baseline, candidate]);
  const roles = rolesOf(pairs, scenario.stack);
  const metric = options.metric ?? decidingMetric(pairs);
  const memory = withPriors(memorySubjects(pairs, roles, metric, scenario, preparation), recording, pairs);
  const counts = countSubjects(pairs, roles, metric, scenario, preparation);

  const looks = looksFor(scenario, pairs.length, options.singleLook ?? false);
  const inPhases = scenario.traffic.phases !== undefined;
  const gated = gateSubjects(memory, looks, alphas, {
    inFamily: ({ judged }) => judged,
    unconfirmed: !mayNeedLongerPair(scenario.gate),
    inPhases,
  });
  const gatedCounts = gateSubjects(counts, looks, alphas, { inFamily: () => true, unconfirmed: true, inPhases });
  // A family of its own, like the counts. The window confirms it, so it needs no longer pair.
  const gatedTime = gateSubjects(timeSubjects(memory, pairs, scenario, preparation), looks, alphas, {
    inFamily: () => true,
    unconfirmed: true,
    inPhases: false,
  });
  const describe = (subject: GatedSubject): Measured =>
    withoutRepeatedPass(
      withoutPartialPass(
        withoutStuckPass(
          assessService(subject, pairs, recording, alphas.fail * (looks[subject.member?.look ?? 0]?.weight ?? 1), {
            axis: preparation.axis,
            windowIn: windows,
          }),
          subject,
          recording.manifest.trace !== null,
        ),
        subject,
        pairing,
      ),
      scenario.traffic,
    );
  const usage = assessUsage(
    usageSubjects(pairs, roles, scenario, (trial, names) =>
      preparation.interrupted(trial, names) ? null : windows(trial),
    ),
    severities,
  );
  const measured = gated.map(describe).map((service, i) =>
    withMoreThanTheWindow(service, {
      window: gated[i]!,
      idle: gatedTime.find(({ subject }) => subject.role === service.role),
      usage,
      decides: (kind) =>
        severityOf(kind, severities) === 'fail' && !isAccepted(acceptances, { kind, service: service.role }),
      alphas,
      scenario,
    }),
  );
  const failing = gated.flatMap((one, i) =>
    one.subject.judged && one.member?.decision === 'fail'
      ? [{ gated: one, room: measured[i]?.room.candidate ?? null }]
      : [],
  );
  const confirmed = confirmFails(recording, failing, pairing, preparation);
  const planned = options.singleLook ? looks : plannedLooks(scenario);
  const state = (service: Measured, { subject }: GatedSubject): ServiceAssessment =>
    stated(service, { missing: subject.missing, looks: planned.length });
  const services = onlyFinalFails(measured, confirmed).map((one, i) => state(one, gated[i]!));
  const counted = gatedCounts
    .map(describe)
    .map((service, i) => ({
      ...service,
      judged: isDecisive(service, gatedCounts[i]!.subject, pairs, severities, acceptances),
    }))
    .map((one, i) => state(one, gatedCounts[i]!));

  const usageRate = USAGE_FALSE_RATE * (looks.at(-1)?.weight ?? 0);

  const decisions = decisionDifferences(pairs, scenario.traffic.blockedStatuses, recording);
  const deaths = judgeDeaths(recording.trials, deathRoles(recording), windows, severities);
  const trials = inOrder([...used, ...confirmationTrials(pairing.confirmation.complete)]);
  const checks = [
    ...recordingCheck(recording),
    ...containersCheck(recording, trials, roles),
    ...copiesCheck(recording, trials),
    ...trafficChecks(recording, trials),
    ...decisionsCheck(recording, decisions, trials),
    ...servedCheck(recording, trials),
    ...consistencyCheck(recording, trials),
    ...actionsCheck(recording, [...pairs, ...pairing.confirmation.complete]),
    deaths.check,
  ];
  const validity = weighed(
    excusedByDeaths(checks, withAccepted(acceptances, deaths.findings), recording.trials),
    services,
    recording,
  );
  const findings: readonly Finding[] = [
    ...deaths.findings,
    ...fellShort(validity),
    ...growthWithTime(services, severities),
    ...liveHeapGrowth(gated, services, pairs, preparation, { scenario, alphas, weight: looks.at(-1)?.weight ?? 0 }),
    ...countedGrowth(gatedCounts, severities),
    ...improvements(gated, services, alphas, severities),
    ...bothLeak(gated, alphas, severities),
    ...levelShifts(gated, severities),
    ...actionFindings(gated, pairs, alphas, severities),
    ...usageFindings(usage, usageRate, severities),
    ...peaks(services, containersOn(pairs, 'candidate'), severities),
    ...alikeTrials(recording, trials),
    ...alikeImages(recording, trials, roles),
    ...unlikeHosts(recording.manifest, severities),
    ...oneSided(services, severities),
    ...timesToLimit(services, scenario, preparation.axis),
    ...givenBack(services, severities),
    ...decidedDifferently(decisions, severities),
    ...serverFailed(trials, scenario.traffic.blockedStatuses),
    ...leftOut(pairing, gated),
    ...repeatedAfterError(recording),
    ...misread([...gated, ...gatedCounts]),
    ...countsStuck(counted),
    ...hostFindings(recording),
  ];
  return {
    replicates: pairs.length,
    look: { index: Math.max(0, looks.length - 1), of: planned.length, weight: looks.at(-1)?.weight ?? 0 },
    alpha: { fail: alphas.fail, pass: alphas.pass },
    services: [...services, ...counted],
    validity,
    decisions,
    ...(usage.length === 0 ? {} : { usage }),
    findings: [...withAccepted(acceptances, findings), ...acceptanceFaults(acceptances, findings)],
    ...attribute(gated, services, recording),
    confirmation: runConfirmation(confirmed),
    nextLook: nextLook(planned, pairs, scenario),
    replicateSeconds: secondsPerReplicate(pairs, scenario),
    axis: preparation.axis,
    margin: marginOn(preparation.axis, scenario.gate.marginBytesPerRequest, scenario),
  };
}

function axisOf(pairs: readonly TrialPair[]): 'requests' | 'seconds' {
  const series = pairs.flatMap(({ baseline, candidate }) => [...baseline.services, ...candidate.services]);
  return series.length > 0 &&
    series.every(({ requests }) => !requests.some((value) => Number.isFinite(value) && value > 0))
    ? 'seconds'
    : 'requests';
}

const confirmationTrials = (pairs: readonly TrialPair[]): TrialRecording[] =>
  pairs.flatMap(({ baseline, candidate }) => [baseline, candidate]);

/** Roles in all trials, complete or not. If a container died, this is the reason why its trial is not complete. */
function deathRoles({ manifest, trials }: Recording): ReturnType<typeof rolesOf> {
  return rolesOf(
    trials.map((trial) => ({ replicate: 0, baseline: onArm(trial, 'baseline'), candidate: onArm(trial, 'candidate') })),
    manifest.scenario.stack,
  );
}

/** With fewer replicates nothing passes. */
const FEWEST_REPLICATES = 2;

const onArm = (trial: TrialRecording, arm: 'baseline' | 'candidate'): TrialRecording =>
  trial.trial.arm === arm ? trial : { ...trial, services: [], containers: [] };

/**
 * A count is not needed for a PASS; it decides only against the candidate. If so much of it was lost that it cannot be
 * judged, nothing passes.
 */
function isDecisive(
  { metric, outcome }: Measured,
  subject: Subject,
  pairs: readonly TrialPair[],
  severities: Recording['manifest']['scenario']['gate']['findings'],
  acceptances: ReturnType<typeof acceptancesOf>,
): boolean {
  const kind = COUNTED.find((counted) => counted.metric === metric)?.finding;
  if (kind === undefined || severityOf(kind, severities) !== 'fail') return false;
  if (outcome === 'fail') return !isAccepted(acceptances, { kind, service: subject.role });
  return subject.replicates.length < FEWEST_REPLICATES && isPartlyLost(subject, pairs);
}
