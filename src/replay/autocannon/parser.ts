import type { Client, ResponseHead } from './client.js';

export interface ParserWatch {
  readonly onHead: (keepAlive: boolean) => void;
  /** The beginning of the request that is being answered, with its method. */
  readonly method: () => string;
}

/**
 * Four things the client's parser gets wrong: it waits for the body of an answer to HEAD and of a 304, takes `100
 * Continue` for the
 * answer, throws on an answer that nobody asked for, and stays silent on bytes that are not HTTP.
 */
export function superviseParser(client: Client, watch: ParserWatch): void {
  const { parser } = client;
  const { kOnHeadersComplete, kOnMessageComplete } = parser.constructor;
  const onHead = parser[kOnHeadersComplete] as (info: ResponseHead) => unknown;
  const onComplete = parser[kOnMessageComplete] as () => void;
  const execute = parser.execute.bind(parser);
  let interim = false;

  parser[kOnHeadersComplete] = (info) => {
    interim = info.statusCode < 200 && info.statusCode !== 101;
    if (interim) return false;
    const bodiless = info.statusCode === 204 || info.statusCode === 304 || watch.method() === 'HEAD ';
    onHead(info);
    watch.onHead(info.statusCode !== 101 && (info.shouldKeepAlive || (bodiless && !announcesClose(info))));
    return bodiless;
  };
  parser[kOnMessageComplete] = () => {
    if (interim) interim = false;
    else if (client.pipelinedRequests.size() > 0) onComplete();
    else watch.onHead(false);
  };
  parser.execute = (chunk) => {
    const outcome = execute(chunk);
    if (outcome instanceof Error) client.conn.destroy(outcome);
    return outcome;
  };
}

/** `shouldKeepAlive` is also false where the parser expects a body up to the end of the connection. */
function announcesClose({ headers }: ResponseHead): boolean {
  return headers.some(
    (name, i) => i % 2 === 0 && name.toLowerCase() === 'connection' && /\bclose\b/i.test(headers[i + 1] ?? ''),
  );
}
