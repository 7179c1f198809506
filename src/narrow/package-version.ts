/**
 * Compares two versions as Debian orders them: epoch, version, revision. Less than 0 if the first is older. Versions of
 * Alpine come out in their order too, except for suffixes such as `_rc1`.
 * Source: Debian Policy, section 5.6.12.
 * @example compareVersions('1:1.2-3', '1.10') > 0
 * @example compareVersions('1.0~rc1', '1.0') < 0
 */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  return (
    left.epoch - right.epoch || compareText(left.upstream, right.upstream) || compareText(left.revision, right.revision)
  );
}

function partsOf(version: string) {
  const [, epoch = '0', upstream = '', revision = ''] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/.exec(version) ?? [];
  return { epoch: Number(epoch), upstream, revision };
}

/** Texts and numbers take turns: texts are compared character by character, numbers by value. */
function compareText(one: string, other: string): number {
  const [left, right] = [piecesOf(one), piecesOf(other)];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const { text: a, number: m } = left[i] ?? NOTHING;
    const { text: b, number: n } = right[i] ?? NOTHING;
    for (let j = 0; j < Math.max(a.length, b.length); j += 1) {
      const difference = rankOf(a[j]) - rankOf(b[j]);
      if (difference !== 0) return difference;
    }
    if (m !== n) return m < n ? -1 : 1;
  }
  return 0;
}

const NOTHING = { text: '', number: 0n };

function piecesOf(text: string) {
  return Array.from(text.matchAll(/(\D*)(\d*)/g), ([, before = '', digits = '']) => ({
    text: before,
    number: BigInt(digits === '' ? 0 : digits),
  }));
}

/** A tilde sorts before the end, the end before letters, and letters before everything else. */
function rankOf(character: string | undefined): number {
  if (character === '~') return -1;
  if (character === undefined) return 0;
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 256;
}
