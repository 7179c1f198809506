import { isDeepStrictEqual } from 'node:util';
import type { ComposeModel, ComposeMount, ComposeService } from '../compose/model.js';

/** Keys of a service that say what its program does, each of them one setting. */
const WHOLE_KEYS = ['command', 'entrypoint', 'user', 'working_dir', 'ulimits', 'sysctls'];
const VARIABLE = 'environment ';
const MOUNT = 'mount ';

/**
 * The settings in which a service differs between two models, each by a name: `environment LEVEL`, `mount /etc/rules`,
 * `command`. Of mounts, those of files and folders of the host. Pure.
 */
export function differingSettings(name: string, one: ComposeModel, other: ComposeModel): readonly string[] {
  const [left, right] = [settingsOf(one.services[name]), settingsOf(other.services[name])];
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].filter((key) => !isDeepStrictEqual(left.get(key), right.get(key))).sort();
}

/** The model with these settings of a service as they are in another model. Pure. */
export function withSettingsFrom(
  model: ComposeModel,
  other: ComposeModel,
  name: string,
  settings: readonly string[],
): ComposeModel {
  const service = model.services[name];
  if (service === undefined || settings.length === 0) return model;
  const values = settingsOf(service);
  const others = settingsOf(other.services[name]);
  for (const setting of settings) {
    if (others.has(setting)) values.set(setting, others.get(setting));
    else values.delete(setting);
  }
  return { ...model, services: { ...model.services, [name]: asService(service, values) } };
}

function settingsOf(service: ComposeService | undefined): Map<string, unknown> {
  const { environment = {}, volumes = [] } = service ?? {};
  return new Map<string, unknown>([
    ...WHOLE_KEYS.flatMap((key) => (service?.[key] === undefined ? [] : [[key, service[key]] as const])),
    ...Object.entries(environment as object).map(([key, value]) => [`${VARIABLE}${key}`, value] as const),
    ...volumes.filter(isOfHost).map((mount) => [`${MOUNT}${mount.target}`, mount] as const),
  ]);
}

const isOfHost = ({ type }: ComposeMount): boolean => type === 'bind';

function asService(service: ComposeService, values: ReadonlyMap<string, unknown>): ComposeService {
  const kept = Object.entries(service).filter(([key]) => !WHOLE_KEYS.includes(key));
  const whole = [...values].filter(([key]) => WHOLE_KEYS.includes(key));
  const named = (prefix: string) =>
    [...values]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value] as const);
  const mounts = named(MOUNT).map(([, mount]) => mount as ComposeMount);
  return {
    ...Object.fromEntries([...kept, ...whole]),
    environment: Object.fromEntries(named(VARIABLE)),
    volumes: [...(service.volumes ?? []).filter((mount) => !isOfHost(mount)), ...mounts],
  };
}
