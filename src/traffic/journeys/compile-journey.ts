import type { Journey, JourneyStep, TraceRequest, VisitStep } from '../../model/index.js';
import { createDeck, type Deck, type Fields } from '../draws.js';
import { keyOf } from '../random.js';
import { compileRequest, type RequestBuilder, type SentTraffic } from '../request-builder.js';
import { turnOf, type Turn } from './turns.js';

/** The label of a request in reports: `checkout.login`. */
export function journeyLabel(journey: Pick<Journey, 'name'>, step: Pick<JourneyStep, 'label'>): string {
  return `${journey.name}.${step.label}`;
}

/**
 * The placeholder for a value that an answer will give, or did not give. Letters and dashes need no encoding anywhere.
 */
function standIn(name: string): string {
  return `not-captured-${name}`;
}

/** Names that a step may use: those that earlier steps captured. */
export function capturedBefore({ steps }: Journey, step: number): string[] {
  return steps.slice(0, step).flatMap(({ capture }) => Object.keys(capture));
}

/** Builds the requests of a journey, one turn after the other. Each depends only on the seed and the turn's number. */
export function compileJourney(journey: Journey, traffic: SentTraffic, fields: Fields): () => RequestBuilder {
  const { name, users, steps, vary } = journey;
  const compiled = steps.map((step, i) => {
    const before = capturedBefore(journey, i);
    const builder = compileRequest({ ...step, label: journeyLabel(journey, step), weight: 1 }, traffic, before);
    return { ...step, builder, carries: builder.fields.filter((field) => before.includes(field)) };
  });
  const decks = new Map<string, Deck>(
    [...fields].map(([field, values]) => [field, createDeck(field, values, traffic.seed, [name])]),
  );
  const shape = { users, steps: steps.length, key: keyOf(traffic.seed, 'journey', name) };
  const build = (turn: Turn, index: number): TraceRequest => {
    const { builder, carries, capture } = compiled[turn.step] as (typeof compiled)[number];
    const drawn = new Map(
      builder.fields
        .filter((field) => !carries.includes(field))
        .map((field) => [field, (decks.get(field) as Deck)(numberOf(turn, vary.includes(field)))]),
    );
    const fill = (values: ReadonlyMap<string, string>): TraceRequest =>
      builder.build((field) => drawn.get(field) ?? values.get(field) ?? standIn(field), index);
    const request = fill(new Map());
    if (carries.length === 0 && Object.keys(capture).length === 0) return request;
    const visit: VisitStep = { visitor: `${name} ${turn.user}`, number: turn.visit, capture, carries, fill };
    return { ...request, visit };
  };
  return () => {
    let dealt = 0;
    return { fields: [], build: (_, index) => build(turnOf(dealt++, shape), index) };
  };

  /** The number of the visit among all users; with fields that vary, the number of the request. */
  function numberOf({ user, visit, step }: Turn, varies: boolean): number {
    const visits = visit * users + user;
    return varies ? visits * steps.length + step : visits;
  }
}
