import type { Metric, ServiceSeries, TrialRecording } from '../../model/index.js';
import type { ReadingLine } from './line-schemas.js';
import type { SeriesBuilder } from './series-builder.js';
import { seriesBuilder } from './series-builder.js';
import { sumContainers } from './sum-containers.js';

type Facts = Omit<TrialRecording, 'services' | 'complete' | 'failure'>;

/** What the journal has told of one trial so far. */
export interface TrialBuilder {
  /** Adds to, or replaces, what is known. */
  update(change: (known: Facts) => Partial<Facts>): void;
  end(failure: string | null): void;
  /** False for a reading out of order. */
  reading(line: ReadingLine, metrics: readonly (Metric | undefined)[]): boolean;
  /** @param roleOf role of a service, shared by both arms */
  finish(roleOf: (service: string) => string): TrialRecording;
}

export function trialBuilder(begin: Pick<Facts, 'trial' | 'startedAt'>): TrialBuilder {
  let facts: Facts = { ...begin, phases: [], events: [], replay: null, origin: null, containers: [] };
  let ending: Pick<TrialRecording, 'complete' | 'failure'> = { complete: false, failure: 'the run ended before the trial did' };
  const services = new Map<string, Map<number, SeriesBuilder>>();

  const builderOf = (service: string, container: number, metrics: readonly (Metric | undefined)[]): SeriesBuilder => {
    let containers = services.get(service);
    if (containers === undefined) services.set(service, (containers = new Map()));
    let builder = containers.get(container);
    if (builder === undefined) containers.set(container, (builder = seriesBuilder(metrics)));
    return builder;
  };

  return {
    update: (change) => void (facts = { ...facts, ...change(facts) }),
    end: (failure) => void (ending = { complete: failure === null, failure }),
    reading: ({ s, c, e, n, m, d }, metrics) => builderOf(s, c, metrics).add(e, n, m, d),
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
