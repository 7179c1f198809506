/** Whether a build context is a repository or an archive somewhere else, not a folder here. */
export function isRemote(context: unknown): boolean {
  return typeof context === 'string' && /^(?:\w+:\/\/|git@|github\.com\/)/.test(context);
}
