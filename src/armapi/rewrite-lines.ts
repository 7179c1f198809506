import { Transform } from 'node:stream';

/** JSON values, one per line, rewritten as they come. Values that become null are left out. */
export function rewriteLines(rewrite: (value: unknown) => unknown): Transform {
  let rest = '';
  const line = (text: string): string => {
    if (text.trim() === '') return '';
    const value = rewrite(JSON.parse(text));
    return value === null ? '' : `${JSON.stringify(value)}\n`;
  };
  const decoder = new TextDecoder();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      try {
        done(null, lines.map(line).join(''));
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        done(null, line(rest));
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
