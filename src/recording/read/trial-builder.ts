import type {
  Failure,
  ActionRecord,
  ContainerEvent,
  HostSample,
  TrialPhase,
  RecordingFault,
  ServiceSeries,
  SetAside,
  TrialRecording,
} from '../../model/index.js';
import { seriesBuilder, type SeriesBuilder, type Wanted } from './series-builder.js';
import { sumContainers } from './sum-containers.js';

/** More events of one trial than this are counted and not kept. */
export const MOST_EVENTS = 20_000;

type Facts = Pick<TrialRecording, 'trial' | 'startedAt' | 'clockAtZero' | 'replay' | 'origin' | 'containers'>;

/** What the journal has said about one trial so far. */
export interface TrialBuilder {
  /** @throws Error for facts that were given before: nobody knows which of the two are true */
  tellOnce(facts: Partial<Facts>): void;
  event(event: ContainerEvent): void;
  /** The last lines that the container of an earlier event wrote. */
  log(of: Pick<ContainerEvent, 'service' | 'container' | 'time'>, text: string): void;
  action(action: ActionRecord): void;
  /** @throws Error for a phase that was given before */
  phase(phase: TrialPhase): void;
  host(sample: HostSample): void;
  setAside(why: SetAside): void;
  /** The first end counts. A failure while a finished trial is removed does not change its result. */
  end(failure: Failure | null): void;
  /** Where the readings of a container go. `wanted` is used for a new container. */
  series(service: string, container: number, wanted: Wanted): SeriesBuilder;
  /** @param roleOf role of a service, shared by both arms */
  finish(roleOf: (service: string) => string): TrialRecording;
  faults(): RecordingFault[];
}

export function trialBuilder(begin: Pick<Facts, 'trial' | 'startedAt'>): TrialBuilder {
  let facts: Facts = { ...begin, replay: null, origin: null, containers: [] };
  const told = new Set<string>();
  const phases: TrialPhase[] = [];
  const actions: ActionRecord[] = [];
  const host: HostSample[] = [];
  let setAside: SetAside | null = null;
  const events: ContainerEvent[] = [];
  const eventPlaces = new Map<string, number[]>();
  let eventsLeftOut = 0;
  let ending: Pick<TrialRecording, 'complete' | 'failure'> | null = null;
  const services = new Map<string, Map<number, SeriesBuilder>>();
  const keyOf = ({ service, container, time }: Pick<ContainerEvent, 'service' | 'container' | 'time'>): string =>
    JSON.stringify([service, container, time]);

  return {
    tellOnce: (known) => {
      for (const key of Object.keys(known)) {
        if (told.has(key)) throw new Error(`${key} of ${begin.trial.id} is told twice`);
        told.add(key);
      }
      facts = { ...facts, ...known };
    },
    event: (event) => {
      if (events.length === MOST_EVENTS) {
        eventsLeftOut += 1;
        return;
      }
      const key = keyOf(event);
      eventPlaces.set(key, [...(eventPlaces.get(key) ?? []), events.length]);
      events.push(event);
    },
    log: (of, text) => {
      const key = keyOf(of);
      for (const place of eventPlaces.get(key) ?? [])
        events[place] = { ...(events[place] as ContainerEvent), log: text };
      // Each event has one log. A second one finds no event.
      eventPlaces.delete(key);
    },
    action: (action) => void actions.push(action),
    phase: (phase) => {
      if (phases.some(({ name }) => name === phase.name)) throw new Error(`${phase.name} is told twice`);
      phases.push(phase);
    },
    host: (sample) => void host.push(sample),
    setAside: (why) => void (setAside = why),
    end: (failure) => void (ending ??= { complete: failure === null, failure }),
    series: (service, container, wanted) => {
      let containers = services.get(service);
      if (containers === undefined) services.set(service, (containers = new Map()));
      let builder = containers.get(container);
      if (builder === undefined) containers.set(container, (builder = seriesBuilder(wanted)));
      return builder;
    },
    finish: (roleOf) => {
      const series = [...services].map(([service, containers]): ServiceSeries => {
        const sum = sumContainers([...containers.values()].map((builder) => builder.finish()));
        return { service, role: roleOf(service), containers: [...containers.keys()], ...sum };
      });
      services.clear();
      return {
        ...facts,
        phases,
        events,
        ...(actions.length === 0 ? {} : { actions }),
        ...(host.length === 0 ? {} : { host }),
        services: series,
        ...(ending ?? { complete: false, failure: { code: 'ended-with-run', facts: {} } }),
        ...(setAside === null ? {} : { complete: false, setAside }),
      };
    },
    faults: () =>
      eventsLeftOut === 0 ? [] : [{ code: 'events-left-out', trial: begin.trial.id, events: eventsLeftOut }],
  };
}
