/** What the services of an arm are told of themselves: the names, labels and images of their compose file. */
export interface ArmView {
  /** Name of the Compose project on the daemon → the name that the compose file has. */
  readonly project: { readonly real: string; readonly shown: string };
  readonly services: Readonly<Record<string, ServiceView>>;
  /** Network's name on the daemon → the name that the compose file has. */
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
  /** Networks that it stands on. */
  readonly networks: readonly { readonly id: string; readonly name: string }[];
}

/** The arm at the moment of a call. */
export interface ArmNow {
  readonly view: ArmView;
  readonly containers: readonly OwnContainer[];
  /** Commands that were made through this API; no other is shown. */
  readonly execs: ReadonlySet<string>;
}

export const SERVICE = 'com.docker.compose.service';
export const NUMBER = 'com.docker.compose.container-number';

/** The name that a container of the arm has in the compose file, or that Compose would give it. */
export function shownName(view: ArmView, service: string, number: number): string {
  return view.services[service]?.containerName ?? `${view.project.shown}-${service}-${number}`;
}

/**
 * The id of an arm's container by what Docker takes for one: its whole id, its name in the compose file, or the
 * beginning of its id. Null for every other container, whether it is there or not.
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
