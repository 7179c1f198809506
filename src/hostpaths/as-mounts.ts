import type { ComposeModel, ComposeMount, ComposeService } from '../compose/model.js';
import { deviceOf } from './volume-storage.js';
import { at, type HostPaths } from './host-path.js';
import { objectionToMount } from './places.js';

interface FileReference {
  readonly source: string;
  readonly target?: string;
}
type Files = Readonly<Record<string, { readonly file?: string } | null>>;

/**
 * The model with every use of a host path as one kind of mount, so that one rule decides about all of them: also files
 * of configs and secrets, which Compose mounts read-only, and volumes that stand for a host folder.
 */
export function asMounts(model: ComposeModel, hostPaths: HostPaths): ComposeModel {
  const folders = foldersOf(model, hostPaths);
  const services = Object.entries(model.services).map(([name, service]) => {
    const files = [...filesOf(model, service, 'configs'), ...filesOf(model, service, 'secrets')];
    if (files.length === 0 && service.volumes === undefined) return [name, service] as const;
    const volumes = [...(service.volumes ?? []).map((mount) => asFolder(mount, folders)), ...files];
    return [name, { ...withoutFiles(model, service), volumes }] as const;
  });
  return {
    ...model,
    services: Object.fromEntries(services),
    volumes: Object.fromEntries(Object.entries(model.volumes ?? {}).filter(([key]) => !folders.has(key))),
    ...remaining(model, 'configs'),
    ...remaining(model, 'secrets'),
  };
}

/** Volume → host folder that may be copied. If a folder does not exist, the volume stays empty. */
function foldersOf({ volumes = {} }: ComposeModel, hostPaths: HostPaths): ReadonlyMap<string, string> {
  const found = Object.entries(volumes).flatMap(([key, volume]) => {
    const source = deviceOf(volume ?? {});
    if (source === null || at(hostPaths, source).kind !== 'folder') return [];
    return objectionToMount({ type: 'bind', source, target: '' }, hostPaths) === null ? [[key, source] as const] : [];
  });
  return new Map(found);
}

function asFolder(mount: ComposeMount, folders: ReadonlyMap<string, string>): ComposeMount {
  const folder = mount.type === 'volume' ? folders.get(mount.source ?? '') : undefined;
  if (folder === undefined) return mount;
  const { volume, ...rest } = mount;
  const { subpath = '' } = (volume ?? {}) as { readonly subpath?: string };
  return { ...rest, type: 'bind', source: subpath === '' ? folder : `${folder}/${subpath}` };
}

function filesOf(model: ComposeModel, service: ComposeService, kind: 'configs' | 'secrets'): ComposeMount[] {
  const folder = kind === 'configs' ? '/' : '/run/secrets/';
  return ((service[kind] ?? []) as readonly FileReference[]).flatMap(({ source, target = source }): ComposeMount[] => {
    const file = fileOf(model, kind, source);
    if (file === null) return [];
    return [{ type: 'bind', source: file, target: target.startsWith('/') ? target : folder + target, read_only: true }];
  });
}

function fileOf(model: ComposeModel, kind: 'configs' | 'secrets', key: string): string | null {
  return ((model[kind] ?? {}) as Files)[key]?.file ?? null;
}

function withoutFiles(model: ComposeModel, service: ComposeService): ComposeService {
  const kept = (['configs', 'secrets'] as const).flatMap((kind) => {
    if (service[kind] === undefined) return [];
    const references = (service[kind] as readonly FileReference[]).filter(
      ({ source }) => fileOf(model, kind, source) === null,
    );
    return [[kind, references] as const];
  });
  const { configs: _configs, secrets: _secrets, ...rest } = service;
  return { ...rest, ...Object.fromEntries(kept.filter(([, references]) => references.length > 0)) };
}

function remaining(model: ComposeModel, kind: 'configs' | 'secrets'): Partial<ComposeModel> {
  if (model[kind] === undefined) return {};
  const kept = Object.entries(model[kind] as Files).filter(([, resource]) => resource?.file === undefined);
  return { [kind]: Object.fromEntries(kept) };
}
