import type { Line } from '../compose/failures.js';
import { findCompose, type Compose } from '../compose/find-compose.js';
import type { ComposeModel } from '../compose/model.js';
import type { DockerConnection } from '../docker/connect.js';
import { ARMS, type ArmName, type Scenario } from '../model/index.js';
import type { Vault } from '../steps/index.js';
import { checkServices } from './check-services.js';
import type { KnownContents } from './differences/differences-of-arms.js';
import { differencesOfScenario } from './differences/differences-of-scenario.js';
import { refuseAlike } from './differences/refuse-alike.js';
import { prepareArms, resolveArms } from './prepare-arms.js';
import type { PreparedArm } from './prepared-arm.js';
import { digestsOf } from './survey/digests.js';
import { subnetsInUse } from './survey/subnets-in-use.js';

export type Daemons = Readonly<Record<ArmName, DockerConnection>>;

/** A daemon with everything a run has made ready there. */
export interface Site {
  readonly daemon: DockerConnection;
  readonly compose: Compose;
  /** Only those of the arms that run here have images. */
  readonly arms: Readonly<Record<ArmName, PreparedArm>>;
  readonly subnets: readonly string[];
}

export interface SitePreparation {
  readonly daemons: Daemons;
  readonly scenario: Scenario;
  readonly vault: Vault;
  readonly labels: Readonly<Record<string, string>>;
  /** Slopegate's own folder on this machine. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onLine: Line;
}

/** Each daemon once, also if both arms share it. */
export function distinct(daemons: Daemons): DockerConnection[] {
  return [...new Set(ARMS.map((arm) => daemons[arm]))];
}

/** Prepares both arms, each on its daemon. If they share a daemon, both are prepared together. */
export async function prepareSites({
  daemons,
  scenario,
  vault,
  labels,
  folder,
  signal,
  onLine,
}: SitePreparation): Promise<Readonly<Record<ArmName, Site>>> {
  const compose = await findCompose(daemons.baseline.env, signal);
  const models = await resolveArms({ compose, scenario, vault, signal });
  checkServices(scenario, models);
  const sites = new Map<DockerConnection, Site>();
  for (const daemon of distinct(daemons)) {
    // An upgrade in place begins with the old version, wherever the arm runs.
    const run = ARMS.filter(
      (arm) => daemons[arm] === daemon || (arm === 'baseline' && scenario.stack.upgrade === 'in-place'),
    );
    const own = await findCompose(daemon.env, signal);
    const arms = await prepareArms({
      daemon,
      compose: own,
      scenario,
      vault,
      models,
      run,
      labels,
      folder,
      signal,
      onLine,
    });
    sites.set(daemon, { daemon, compose: own, arms, subnets: await subnetsInUse(daemon) });
  }
  const prepared = { baseline: sites.get(daemons.baseline)!, candidate: sites.get(daemons.candidate)! };
  refuseAlike(scenario, differencesOfScenario(scenario, models, await knownOf(prepared, daemons, models)));
  return prepared;
}

/** What tells equal arms apart from equal names. Builds of two daemons have different ids, so there names must do. */
async function knownOf(
  sites: Readonly<Record<ArmName, Site>>,
  daemons: Daemons,
  models: Readonly<Record<ArmName, ComposeModel>>,
): Promise<KnownContents> {
  const digests = await digestsOf(models, sites.baseline.arms.baseline.hostPaths);
  if (daemons.baseline !== daemons.candidate) return { digests };
  const idsOf = (arm: ArmName) =>
    Object.fromEntries(Object.entries(sites[arm].arms[arm].images).map(([service, { id }]) => [service, id]));
  return { digests, imageIds: { baseline: idsOf('baseline'), candidate: idsOf('candidate') } };
}
