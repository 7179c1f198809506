import type { ComposeService } from '../compose/model.js';
import type { Change, Changed, IsolateOptions } from './isolate.js';
import { limitResources } from './limits.js';
import { publishPorts } from './ports.js';

/** Rewrites one thing about a service; paths of its changes are relative to the service. */
export type ServiceRule = (service: ComposeService, name: string, options: IsolateOptions) => Changed<ComposeService>;

/** Applied in this order to every service. */
export const SERVICE_RULES: readonly ServiceRule[] = [ownName, ownLabels, pinnedImage, noRestarts, noHealthChecks, ownAddress, publishPorts, limitResources];

function ownName({ container_name: name, ...rest }: ComposeService): Changed<ComposeService> {
  return { part: rest, changes: noteIf(name !== undefined, 'container_name', `${name} dropped: two arms can't share a name`) };
}

function ownLabels(service: ComposeService, _name: string, { labels }: IsolateOptions): Changed<ComposeService> {
  return { part: { ...service, labels: { ...service.labels, ...labels } }, changes: [] };
}

/** What is started was built or pulled before, and is the same in every trial. */
function pinnedImage(service: ComposeService, name: string, { images }: IsolateOptions): Changed<ComposeService> {
  const image = images[name];
  if (image === undefined) return { part: service, changes: [] };
  const { build: _build, ...rest } = service;
  return { part: { ...rest, image, pull_policy: 'never' }, changes: [] };
}

/** A restart is data: it must not be repaired before it is seen. */
function noRestarts({ deploy, ...service }: ComposeService): Changed<ComposeService> {
  const { restart_policy: policy, ...kept } = deploy ?? {};
  const had = policy !== undefined || (service.restart !== undefined && service.restart !== 'no');
  return {
    part: { ...service, restart: 'no', ...(deploy === undefined ? {} : { deploy: kept }) },
    changes: noteIf(had, 'restart', 'switched off: a restart is a finding, not a repair'),
  };
}

/** Health checks run inside the container and look like growth; the harness asks from outside instead. */
function noHealthChecks(service: ComposeService): Changed<ComposeService> {
  const had = service.healthcheck !== undefined && service.healthcheck['disable'] !== true;
  const changes = [...noteIf(had, 'healthcheck', 'switched off: it makes memory noise; slopegate asks from outside')];
  const part = { ...service, healthcheck: { disable: true } };
  if (service.depends_on === undefined) return { part, changes };
  const dependencies = Object.entries(service.depends_on).map(([other, dependency]) => {
    if (dependency.condition !== 'service_healthy') return [other, dependency] as const;
    changes.push({ path: `depends_on.${other}`, what: 'waits for the start only: no container has a health check here' });
    return [other, { ...dependency, condition: 'service_started' }] as const;
  });
  return { part: { ...part, depends_on: Object.fromEntries(dependencies) }, changes };
}

/** The arm's networks are its own, and so are the addresses in them. */
function ownAddress({ network_mode: mode, ...service }: ComposeService): Changed<ComposeService> {
  const changes: Change[] = [...noteIf(mode === 'host', 'network_mode', 'the host network is replaced by the arm\'s own')];
  const kept = mode === undefined || mode === 'host' ? service : { ...service, network_mode: mode };
  if (service.networks === undefined) return { part: kept, changes };
  const networks = Object.entries(service.networks).map(([network, attachment]) => {
    const { ipv4_address: v4, ipv6_address: v6, ...rest } = attachment ?? {};
    changes.push(...noteIf(v4 !== undefined || v6 !== undefined, `networks.${network}`, 'static address dropped: it may be taken'));
    return [network, attachment === null ? null : rest] as const;
  });
  return { part: { ...kept, networks: Object.fromEntries(networks) }, changes };
}

function noteIf(condition: boolean, path: string, what: string): Change[] {
  return condition ? [{ path, what }] : [];
}
