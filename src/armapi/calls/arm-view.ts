/** What the services of an arm see of themselves: the names, labels and images of their compose file. */
export interface ArmView {
  /** Name of the Compose project on the daemon → name in the compose file. */
  readonly project: { readonly real: string; readonly shown: string };
  readonly services: Readonly<Record<string, ServiceView>>;
  /** Name of a network on the daemon → name in the compose file. */
  readonly networks: Readonly<Record<string, string>>;
  /** The same for volumes. */
  readonly volumes: Readonly<Record<string, string>>;
}

export interface ServiceView {
  /** The fixed name of its container; null if Compose makes one. */
  readonly containerName: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** The image as the compose file names it; null if that is not known. */
  readonly image: string | null;
}

/** One container of the arm, as the daemon lists it. */
export interface OwnContainer {
  readonly id: string;
  /** Its name on the daemon, without a slash. */
  readonly name: string;
  readonly service: string;
  /** Number within the service, from 1. */
  readonly number: number;
  readonly running: boolean;
  /** Networks to which it is connected. */
  readonly networks: readonly { readonly id: string; readonly name: string }[];
}

/** The arm at the moment of a call. */
export interface ArmNow {
  readonly view: ArmView;
  readonly containers: readonly OwnContainer[];
  /** Commands that were made through this API; no others are shown. */
  readonly execs: ReadonlySet<string>;
}

export const SERVICE = 'com.docker.compose.service';
export const NUMBER = 'com.docker.compose.container-number';

/** The name of one of the arm's containers in the compose file, or the name that Compose would give it. */
export function shownName(view: ArmView, service: string, number: number): string {
  return view.services[service]?.containerName ?? `${view.project.shown}-${service}-${number}`;
}

/**
 * The id of one of the arm's containers, found by its whole id, the beginning of its id, or its name in the compose
 * file. Null for every other container, whether it exists or not.
 */
export function containerId({ view, containers }: ArmNow, wanted: string): string | null {
  const found =
    containers.find(({ id }) => id === wanted) ??
    containers.find(({ service, number }) => shownName(view, service, number) === wanted) ??
    only(containers.filter(({ id }) => wanted !== '' && id.startsWith(wanted)));
  return found?.id ?? null;
}

/** The id of a network of the arm, by its id or its name in the compose file; null for every other network. */
export function networkId({ view, containers }: ArmNow, wanted: string): string | null {
  const own = containers.flatMap(({ networks }) => networks).filter(({ name }) => view.networks[name] !== undefined);
  return own.find(({ id, name }) => id === wanted || view.networks[name] === wanted)?.id ?? null;
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
