/** A product that handles HTTP traffic on its way to a server, recognised by the name of its image. */
export interface Product {
  readonly image: RegExp;
  readonly name: string;
  /** Ports in the container, the most likely first. */
  readonly ports: readonly number[];
  /** If a stack has both, a WAF is more likely meant than a plain proxy. */
  readonly waf: boolean;
}

const waf = (image: RegExp, name: string, ...ports: readonly number[]): Product => ({ image, name, ports, waf: true });
const proxy = (image: RegExp, name: string, ...ports: readonly number[]): Product => ({
  image,
  name,
  ports,
  waf: false,
});

/** The first that matches is taken. */
const PRODUCTS: readonly Product[] = [
  waf(/safeline-(?:tengine|detector)/, 'SafeLine', 80),
  waf(/modsecurity/, 'ModSecurity', 8080, 80),
  waf(/coraza/, 'Coraza', 8080, 80),
  waf(/bunkerweb/, 'BunkerWeb', 8080),
  waf(/open-?appsec/, 'open-appsec', 80),
  waf(/naxsi/, 'NAXSI', 80),
  waf(/(?:^|[/-])waf(?:$|[:@/-])/, 'a WAF', 8080, 80),
  proxy(/openresty/, 'OpenResty', 80),
  proxy(/apisix/, 'APISIX', 9080),
  proxy(/(?:^|\/)kong/, 'Kong', 8000),
  proxy(/envoy/, 'Envoy', 10_000, 8080),
  proxy(/haproxy/, 'HAProxy', 80, 8080),
  proxy(/traefik/, 'Traefik', 80),
  proxy(/caddy/, 'Caddy', 80),
  proxy(/nginx|tengine|angie/, 'nginx', 80, 8080),
  proxy(/(?:^|\/)httpd/, 'Apache', 80),
];

/** Databases, caches, queues and monitors: user traffic never enters there. */
const INFRASTRUCTURE = new RegExp(
  [
    'postgres|mysql|mariadb|percona|mongo|redis|valkey|memcached|rabbitmq|kafka|zookeeper|nats|elastic|opensearch',
    'clickhouse|influxdb|cassandra|etcd|consul|minio|prometheus|grafana|loki|adminer|phpmyadmin',
    '(?:^|[/_-])(?:pg|db|cache|queue)(?:$|[:_-])',
  ].join('|'),
);

export const productOf = (image: string): Product | null =>
  PRODUCTS.find((product) => product.image.test(image)) ?? null;

export const isInfrastructure = (name: string, image: string): boolean =>
  INFRASTRUCTURE.test(image) || INFRASTRUCTURE.test(name);
