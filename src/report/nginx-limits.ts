import type { LabelLimit } from '../facts/index.js';

/** What nginx can do about a label that grows. */
export type NginxAdvice = 'limit' | 'nothing' | 'too-low' | 'every-path' | 'rewritten-path';

/** nginx decodes `%20`, makes one slash of several and resolves `.` and `..` before it looks for a location. */
const REWRITTEN = /%|\/\/|\/\.\.?(?:\/|$)/;

/** @example nginxAdvice(limit) // 'every-path', for requests of the path "/{id}" */
export function nginxAdvice({ exhaustion: { rateLimit }, paths }: LabelLimit): NginxAdvice {
  if (rateLimit === 0 || paths.length === 0) return 'nothing';
  if (nginxRate(rateLimit) === null) return 'too-low';
  if (paths.some((path) => path === '' || path === '/')) return 'every-path';
  return paths.some((path) => REWRITTEN.test(path)) ? 'rewritten-path' : 'limit';
}

/**
 * The lines for nginx: a zone for each label, numbered over all services, and one location for each path. A path of two
 * labels has the limits of both. Empty if no label can be limited.
 */
export function nginxLines(labels: readonly LabelLimit[]): readonly string[] {
  const limited = labels.filter((label) => nginxAdvice(label) === 'limit');
  if (limited.length === 0) return [];
  const zones = limited.map(({ exhaustion, paths }, place) => ({
    name: `slopegate_${place + 1}`,
    rate: nginxRate(exhaustion.rateLimit),
    paths,
  }));
  const paths = [...new Set(limited.flatMap((label) => label.paths))];
  return [
    '# in http { }',
    ...zones.map(({ name, rate }) => `limit_req_zone $server_name zone=${name}:1m rate=${rate};`),
    '# in server { }',
    ...paths.flatMap((path) => [
      `location ${JSON.stringify(path)} {`,
      ...zones
        .filter((zone) => zone.paths.includes(path))
        .map(({ name }) => `    limit_req zone=${name} burst=5 nodelay;`),
      '    # and what this location has today',
      '}',
    ]),
  ];
}

/** `12r/s` or `40r/m`, rounded down; null below one per minute. */
function nginxRate(perSecond: number): string | null {
  if (perSecond >= 10) return `${Math.floor(perSecond)}r/s`;
  const perMinute = Math.floor(perSecond * 60);
  return perMinute === 0 ? null : `${perMinute}r/m`;
}
