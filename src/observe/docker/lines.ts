import type { OpenStream } from './streams.js';

interface Closable extends NodeJS.ReadableStream {
  destroy?(): void;
}

/** Reads newline-delimited JSON. A line that is not JSON is left out. Never throws later: a broken stream just ends. */
export function readLines(stream: NodeJS.ReadableStream, onDocument: (document: unknown) => void): OpenStream {
  let rest = '';
  let closed = false;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (!closed && line.trim() !== '') emit(line, onDocument);
  });
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) stream.on(event, () => resolve());
  });
  return {
    ended,
    close: () => {
      closed = true;
      (stream as Closable).destroy?.();
    },
  };
}

function emit(line: string, onDocument: (document: unknown) => void): void {
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    return;
  }
  onDocument(document);
}
