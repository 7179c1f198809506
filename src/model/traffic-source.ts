import type { ExpectedDecision } from './expectation.js';

export const IMPORT_FORMATS = [
  'har',
  'http',
  'ftw',
  'gor',
  'access-log',
  'vegeta',
  'modsecurity-native',
  'modsecurity-json',
  'burp',
  'zap',
  'curl',
] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** Classes of slopegate's own library of attacks. */
export const ATTACK_CLASSES = [
  'sqli',
  'xss',
  'traversal',
  'command',
  'ssrf',
  'xxe',
  'inclusion',
  'template',
  'header',
  'scanner',
  'nosql',
  'deserialisation',
] as const;
export type AttackClass = (typeof ATTACK_CLASSES)[number];

export function attackLabel(name: AttackClass): string {
  return `attack-${name}`;
}

interface RecordedSource {
  /** Relative share of the trace, beside the other sources and the templates of the mix. */
  readonly weight: number;
  /** Replaces the recorded labels; null keeps them. */
  readonly label: string | null;
  /** What the WAF should do with a label; `any` for labels not named. */
  readonly expect: Readonly<Record<string, ExpectedDecision>>;
  /** As recorded, or shuffled with the seed. */
  readonly order: 'recorded' | 'shuffled';
}

/** A file made by `slopegate import`. The path is absolute; in a recording it is relative to the scenario file. */
export interface CorpusSource extends RecordedSource {
  readonly kind: 'corpus';
  readonly file: string;
}

/** Recordings that operators have, read when the run begins. */
export interface ImportSource extends RecordedSource {
  readonly kind: 'import';
  readonly format: ImportFormat;
  readonly paths: readonly string[];
  readonly host: string | null;
  readonly exact: boolean;
  readonly strict: boolean;
  readonly keepSecrets: boolean;
  readonly logFormat: string | null;
  /** An absolute path, in a recording relative to the scenario file. */
  readonly rules?: string;
  readonly onlyHost?: readonly string[];
  readonly labelBy?: readonly string[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly to?: string;
  readonly mask?: readonly string[];
  readonly keep?: readonly string[];
}

export interface LibrarySource {
  readonly kind: 'library';
  readonly weight: number;
  readonly classes: readonly AttackClass[];
}

/** Where requests come from besides the templates of the mix. */
export type TrafficSource = CorpusSource | ImportSource | LibrarySource;

export const ENGINES = ['auto', 'autocannon', 'wire', 'h2'] as const;
/** Which engine sends the trace. `auto`: one that can send it. */
export type EngineChoice = (typeof ENGINES)[number];

/** How requests are distributed in time. The rate is stated separately, unless the trace has its own times. */
export type Schedule =
  /** At a constant rate, except for a third of the requests, which leave in bursts (`Bursts`). */
  | { readonly kind: 'bursts' }
  | { readonly kind: 'constant' }
  /** Independent arrivals: exponential gaps, drawn from the trace's seed. */
  | { readonly kind: 'poisson' }
  /** From a share of the rate to the whole rate, rising evenly during the trace. */
  | { readonly kind: 'ramp'; readonly from: number }
  /** As recorded, but this many times as fast. */
  | { readonly kind: 'recorded'; readonly speed: number };
