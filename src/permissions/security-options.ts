/** What Docker does anyway, or what takes rights away from a container. */
const HARMLESS = [
  /^no-new-privileges(?:[:=](?:true|false))?$/,
  /^apparmor[:=]docker-default$/,
  /^seccomp[:=]builtin$/,
  /^label[:=](?:user|role|level):/,
];

/**
 * Whether an option of `security_opt` leaves the host protected from the container. A profile of somebody's own may
 * permit anything, so it does not count as harmless.
 */
export function isHarmlessSecurityOption(option: string): boolean {
  return HARMLESS.some((pattern) => pattern.test(option));
}
