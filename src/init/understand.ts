import type { ComposeFile } from '../composefile/index.js';
import { portsOf } from './ports.js';
import { isInfrastructure, productOf, type Product } from './products.js';

/** The build settings of a service. */
interface BuildSettings {
  readonly context?: string;
  readonly dockerfile?: string;
}

/** The parts of a service that matter here. */
interface Service {
  readonly name: string;
  /** As written in the file, with variables. */
  readonly image: string | null;
  readonly build: BuildSettings | null;
  readonly product: Product | null;
  /** Ports in the container that are published. */
  readonly ports: readonly number[];
}

/** What was understood of a stack. */
export interface Understood {
  /** The service whose versions are compared. */
  readonly waf: Service;
  readonly entry: { readonly service: string; readonly port: number };
  /** Services behind it or beside it; they do not decide. */
  readonly others: readonly string[];
  /** How slopegate knows which service is meant. */
  readonly because: string;
}

const HTTP_PORTS = [80, 8080, 8000, 8081, 8888, 3000, 5000, 9080];
const TLS_PORTS = [443, 8443, 9443];
const TELLING_NAME = /waf|gateway|proxy|ingress|edge|front/;

/**
 * The service of a stack that looks like a WAF, and where traffic enters; null if no service takes HTTP traffic. Of the
 * other services, only those that are started count.
 */
export function understand(
  services: Readonly<Record<string, ComposeFile>>,
  started: readonly string[],
): Understood | null {
  const all = Object.entries(services).map(([name, service]) => serviceOf(name, service));
  const candidates = all.filter(({ name, image }) => !isInfrastructure(name, image ?? ''));
  const waf = best(candidates);
  if (waf === undefined) return null;
  const port = portOf(waf);
  if (port === null) return null;
  return {
    waf,
    entry: { service: waf.name, port },
    others: started.filter((name) => name !== waf.name),
    because: waf.product === null ? `it publishes port ${port}` : `the name of its image says ${waf.product.name}`,
  };
}

export const isTls = (port: number): boolean => TLS_PORTS.includes(port);

function serviceOf(name: string, { image, build, ports }: ComposeFile): Service {
  const text = typeof image === 'string' ? image : null;
  return { name, image: text, build: buildOf(build), product: productOf(text ?? name), ports: portsOf(ports) };
}

function buildOf(build: unknown): Service['build'] {
  if (typeof build !== 'object' || build === null) return null;
  const { context, dockerfile } = build as Readonly<Record<string, unknown>>;
  return {
    ...(typeof context === 'string' ? { context } : {}),
    ...(typeof dockerfile === 'string' ? { dockerfile } : {}),
  };
}

/** A WAF before a proxy, a proxy before anything else, a service with a published port before one without. */
function best(services: readonly Service[]): Service | undefined {
  const rank = ({ name, product, ports }: Service): number =>
    (product === null ? 0 : product.waf ? 8 : 4) + (TELLING_NAME.test(name) ? 2 : 0) + (ports.length > 0 ? 1 : 0);
  const [first] = services.filter((service) => rank(service) > 0).toSorted((a, b) => rank(b) - rank(a));
  return first;
}

function portOf({ ports, product }: Service): number | null {
  const usual = [...(product?.ports ?? []), ...HTTP_PORTS];
  return (
    usual.find((port) => ports.includes(port)) ??
    ports.find((port) => !isTls(port)) ??
    ports[0] ??
    product?.ports[0] ??
    null
  );
}
