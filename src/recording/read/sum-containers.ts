import type { Metric, SeriesColumn } from '../../model/index.js';
import type { ContainerSeries } from './series-builder.js';

/**
 * One series for a service of several containers: their sum at each second. It has every second that any container has.
 * If one container is missing at a second, or lacks a metric, the sum is NaN: a part of a service is not the service.
 */
export function sumContainers(containers: readonly ContainerSeries[]): ContainerSeries {
  const [only] = containers;
  if (only !== undefined && containers.length === 1) return only;
  const time = Float64Array.from(new Set(containers.flatMap((container) => [...container.time]))).sort();
  const places = containers.map((container) => placesOf(time, container.time));
  const requests = new Float64Array(time.length);
  containers.forEach((container, which) => {
    for (let index = 0; index < time.length; index += 1) {
      const place = places[which]![index]!;
      if (place >= 0) requests[index] = Math.max(requests[index]!, container.requests[place]!);
    }
  });
  return { time, requests, minimum: sumColumns('minimum'), median: sumColumns('median') };

  function sumColumns(which: 'minimum' | 'median'): Partial<Record<Metric, Float64Array>> {
    const metrics = new Set(containers.flatMap((container) => Object.keys(container[which]) as Metric[]));
    return Object.fromEntries(
      [...metrics].map((metric) => [metric, sumOf(containers.map((container) => container[which][metric]))]),
    );
  }

  function sumOf(columns: readonly (SeriesColumn | undefined)[]): Float64Array {
    const sum = new Float64Array(time.length);
    columns.forEach((column, container) => {
      for (let index = 0; index < time.length; index += 1)
        sum[index]! += column?.[places[container]![index]!] ?? Number.NaN;
    });
    return sum;
  }
}

/** The index of each time of `all` in `own`; −1 if it is not there. Both rise. */
function placesOf(all: Float64Array, own: SeriesColumn): Int32Array {
  const places = new Int32Array(all.length).fill(-1);
  let place = 0;
  all.forEach((time, index) => {
    if (own[place] === time) {
      places[index] = place;
      place += 1;
    }
  });
  return places;
}
