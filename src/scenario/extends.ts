import { resolve } from 'node:path';
import { ARMS } from '../model/index.js';
import type { YamlSource } from '../yaml/index.js';
import { valueAt } from './value-at.js';

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The path that a scenario file extends; null if it extends none. */
export function extendsOf(source: YamlSource): string | null {
  return isMapping(source.value) && typeof source.value['extends'] === 'string' ? source.value['extends'] : null;
}

/** A child file over its parent. The place of a value is the file in which it was written. */
export function mergeSources(child: YamlSource, parent: YamlSource): YamlSource {
  const sourceOf = (path: readonly PropertyKey[]): YamlSource =>
    valueAt(child.value, path) === undefined ? parent : child;
  return {
    // If the extended file cannot be read, values from it do not count as missing.
    value: parent.value === null || child.value === null ? null : merge(child.value, parent.value),
    faults: [...child.faults, ...parent.faults],
    place: (path, key) => sourceOf([...path, ...(key === undefined ? [] : [key])]).place(path, key),
    written: (path) => sourceOf(path).written(path),
    tag: (path) => sourceOf(path).tag(path),
  };
}

/**
 * Makes paths of compose files, bodies, recorded traffic, certificates and accepted findings absolute, relative to the
 * folder of the file that states them. So a child in another folder inherits them with their meaning.
 */
export function absolutePaths(source: YamlSource, folder: string): YamlSource {
  const { value } = source;
  if (!isMapping(value)) return source;
  const traffic = isMapping(value['traffic']) ? { traffic: absoluteTraffic(value['traffic'], folder) } : {};
  const gate = isMapping(value['gate']) ? { gate: absoluteGate(value['gate'], folder) } : {};
  if (!isMapping(value['arms'])) return { ...source, value: { ...value, ...traffic, ...gate } };
  const arms: Record<string, unknown> = { ...value['arms'] };
  for (const name of ARMS) {
    const arm = arms[name];
    if (isMapping(arm) && 'compose' in arm) arms[name] = { ...arm, compose: absolute(arm['compose'], folder) };
  }
  return { ...source, value: { ...value, arms, ...traffic, ...gate } };
}

/** The file of accepted findings. */
function absoluteGate(gate: Mapping, folder: string): Mapping {
  return 'accept' in gate ? { ...gate, accept: absolute(gate['accept'], folder) } : gate;
}

function absoluteTraffic(traffic: Mapping, folder: string): Mapping {
  const { mix, journeys, sources, tls } = traffic;
  return {
    ...traffic,
    ...(Array.isArray(mix) ? { mix: mix.map((one: unknown) => absoluteBodies(one, folder)) } : {}),
    ...(Array.isArray(journeys) ? { journeys: journeys.map((one: unknown) => absoluteSteps(one, folder)) } : {}),
    ...(Array.isArray(sources) ? { sources: sources.map((one: unknown) => absoluteSource(one, folder)) } : {}),
    ...(isMapping(tls) ? { tls: absoluteTls(tls, folder) } : {}),
  };
}

function absoluteSteps(journey: unknown, folder: string): unknown {
  if (!isMapping(journey) || !Array.isArray(journey['steps'])) return journey;
  return { ...journey, steps: journey['steps'].map((one: unknown) => absoluteBodies(one, folder)) };
}

/** The files from which a request's body is made. */
function absoluteBodies(request: unknown, folder: string): unknown {
  if (!isMapping(request)) return request;
  const { raw, multipart } = request;
  const withFile = (holder: unknown): unknown =>
    isMapping(holder) && 'file' in holder ? { ...holder, file: absolute(holder['file'], folder) } : holder;
  return {
    ...request,
    ...('raw' in request ? { raw: withFile(raw) } : {}),
    ...(Array.isArray(multipart) ? { multipart: multipart.map(withFile) } : {}),
  };
}

function absoluteTls(tls: Mapping, folder: string): Mapping {
  const pair = (files: unknown): unknown =>
    isMapping(files)
      ? {
          ...files,
          ...('cert' in files ? { cert: absolute(files['cert'], folder) } : {}),
          ...('key' in files ? { key: absolute(files['key'], folder) } : {}),
        }
      : files;
  const { verify, clientCertificate } = tls;
  return {
    ...tls,
    ...('verify' in tls ? { verify: absolute(verify, folder) } : {}),
    ...('clientCertificate' in tls
      ? { clientCertificate: Array.isArray(clientCertificate) ? clientCertificate.map(pair) : pair(clientCertificate) }
      : {}),
  };
}

function absoluteSource(source: unknown, folder: string): unknown {
  if (!isMapping(source)) return source;
  return Object.fromEntries(
    Object.entries(source).map(([key, value]) => [
      key,
      key === 'corpus' || key === 'paths' || key === 'rules' ? absolute(value, folder) : value,
    ]),
  );
}

function absolute(paths: unknown, folder: string): unknown {
  if (typeof paths === 'string') return resolve(folder, paths);
  return Array.isArray(paths) ? paths.map((path: unknown) => absolute(path, folder)) : paths;
}

function merge(child: unknown, parent: unknown): unknown {
  if (!isMapping(child) || !isMapping(parent)) return child;
  const overriding = Object.entries(child).map(([key, value]) => [
    key,
    Object.hasOwn(parent, key) ? merge(value, parent[key]) : value,
  ]);
  return Object.fromEntries([...Object.entries(parent), ...overriding]) as unknown;
}
