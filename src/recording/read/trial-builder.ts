import type { ServiceSeries, TrialRecording } from '../../model/index.js';
import { seriesBuilder, type SeriesBuilder, type Wanted } from './series-builder.js';
import { sumContainers } from './sum-containers.js';

type Facts = Omit<TrialRecording, 'services' | 'complete' | 'failure'>;

/** What the journal has told of one trial so far. */
export interface TrialBuilder {
  /** Adds to, or replaces, what is known. */
  update(change: (known: Facts) => Partial<Facts>): void;
  end(failure: string | null): void;
  /** Where the readings of a container go; `wanted` counts for one that is new. */
  series(service: string, container: number, wanted: Wanted): SeriesBuilder;
  /** @param roleOf role of a service, shared by both arms */
  finish(roleOf: (service: string) => string): TrialRecording;
}

export function trialBuilder(begin: Pick<Facts, 'trial' | 'startedAt'>): TrialBuilder {
  let facts: Facts = { ...begin, phases: [], events: [], replay: null, origin: null, containers: [] };
  let ending: Pick<TrialRecording, 'complete' | 'failure'> = {
    complete: false,
    failure: 'the run ended before the trial did',
  };
  const services = new Map<string, Map<number, SeriesBuilder>>();

  return {
    update: (change) => void (facts = { ...facts, ...change(facts) }),
    end: (failure) => void (ending = { complete: failure === null, failure }),
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
        return { service, role: roleOf(service), ...sum };
      });
      services.clear();
      return { ...facts, services: series, ...ending };
    },
  };
}
