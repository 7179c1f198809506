import {
  captureOne,
  SlopegateError,
  type CapturedCounts,
  type StepOutput,
  type TraceRequest,
  type VisitStep,
} from '../model/index.js';
import type { Answer } from './lane.js';

/** The values that a visitor has captured in the current visit. */
interface Visit {
  readonly number: number;
  readonly values: Map<string, string>;
  /** Requests in progress whose answers give these values. */
  readonly awaited: Map<number, readonly string[]>;
}

/** The values that the visits of a replay take from answers, and what happened to them. */
export class Visits {
  readonly #visits = new Map<string, Visit>();
  readonly #underWay = new Map<number, TraceRequest>();
  readonly #taken: Record<string, number> = {};
  readonly #missed: Record<string, number> = {};
  readonly #complete: Record<string, number> = {};
  readonly #incomplete: Record<string, number> = {};
  #used = false;

  /** Whether the request needs a value that the answer to an earlier request may still give. */
  waits({ visit }: TraceRequest): boolean {
    if (visit === undefined || visit.carries.length === 0) return false;
    const { awaited } = this.#of(visit);
    const coming = new Set([...awaited.values()].flat());
    return visit.carries.some((name) => coming.has(name));
  }

  /** The request with the values that are known now. */
  begin(request: TraceRequest): TraceRequest {
    const { visit, label } = request;
    if (visit === undefined) return request;
    this.#used = true;
    const { values, awaited } = this.#of(visit);
    if (Object.keys(visit.capture).length > 0) {
      this.#underWay.set(request.index, request);
      awaited.set(request.index, Object.keys(visit.capture));
    }
    if (visit.carries.length === 0) return request;
    const filled = fill(visit, values);
    const complete = filled !== null && visit.carries.every((name) => values.has(name));
    count(complete ? this.#complete : this.#incomplete, label);
    return filled === null ? request : { ...filled, visit };
  }

  /** An answer to request `index`, or null if none came. */
  end(index: number, answer: Answer | null): void {
    const { label, visit } = this.#underWay.get(index) ?? {};
    if (visit === undefined) return;
    this.#underWay.delete(index);
    const current = this.#of(visit);
    current.awaited.delete(index);
    const output = answer === null ? null : { text: answer.body, headers: headersOf(answer.head) };
    for (const [name, where] of Object.entries(visit.capture)) {
      // An answer that comes after the next visit has begun is useless.
      const value = output === null || current.number !== visit.number ? null : valueOf(name, where, output);
      if (value !== null) current.values.set(name, value);
      count(value === null ? this.#missed : this.#taken, `${label} ${name}`);
    }
  }

  /** Null if no request needs a value from an answer. */
  result(): CapturedCounts | null {
    if (!this.#used) return null;
    return { taken: this.#taken, missed: this.#missed, complete: this.#complete, incomplete: this.#incomplete };
  }

  /** A visitor has one visit at a time. When the next one begins, the values of the last are forgotten. */
  #of({ visitor, number }: VisitStep): Visit {
    const known = this.#visits.get(visitor);
    if (known !== undefined && known.number >= number) return known;
    const visit: Visit = { number, values: new Map(), awaited: new Map() };
    this.#visits.set(visitor, visit);
    return visit;
  }
}

/** Null if it is not there. */
function valueOf(name: string, where: string, output: StepOutput): string | null {
  try {
    return captureOne(name, where, output);
  } catch {
    return null;
  }
}

/** Null if a value cannot be sent in its place. */
function fill(visit: VisitStep, values: ReadonlyMap<string, string>): TraceRequest | null {
  try {
    return visit.fill(values);
  } catch (error) {
    if (error instanceof SlopegateError && error.code === 'TRAFFIC_INVALID') return null;
    throw error;
  }
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function headersOf(head: string): Readonly<Record<string, readonly string[]>> {
  const headers: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const line of head.split('\n').slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0) (headers[line.slice(0, colon).trim().toLowerCase()] ??= []).push(line.slice(colon + 1).trim());
  }
  return headers;
}
