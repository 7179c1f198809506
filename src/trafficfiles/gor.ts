import { newlines, problem, splitAt, type Format } from '../requests/index.js';
import { rawEntry } from './raw-http.js';

/** What GoReplay writes between payloads. */
const SEPARATOR = Buffer.from('\n🐵🙈🙉\n', 'utf8');
const REQUEST = '1';

/** GoReplay's files: a line `type id time`, then the payload. Type 1 is a request, others are answers. */
export const gor: Format = async function* (source) {
  for await (const { bytes, line, tooLong } of splitAt(source.chunks, SEPARATOR)) {
    if (tooLong) {
      yield problem(line, 'too-long', 'The payload is too long');
      continue;
    }
    const begin = bytes.findIndex((byte) => byte !== 0x0a);
    if (begin === -1) continue;
    const metaEnd = bytes.indexOf(0x0a, begin);
    const [type, , nanoseconds] = bytes.toString('latin1', begin, Math.max(begin, metaEnd)).trim().split(' ');
    const at = line + newlines(bytes, 0, begin);
    if (metaEnd === -1 || type === undefined || !/^[123]$/.test(type))
      yield problem(at, 'malformed', 'Not a GoReplay payload: its first line is not "type id time"');
    else if (type === REQUEST)
      yield rawEntry(bytes.subarray(metaEnd + 1), at + 1, {
        exact: source.options.exact,
        time: Number(nanoseconds) / 1e6,
      });
  }
};
