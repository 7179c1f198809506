// What a recording says of its requests, read again here and apart from src/, to hold one against the other.
// Each reference gives a key for every request that the file proves, and the same key of a request as it is sent.

const lengthIn = (headers) =>
  Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? Number.NaN);
const sentLength = ({ body }) => body?.length ?? 0;
const targetOf = (url) => /^https?:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1].replace(/^(?!\/)/, '/') ?? null;

/** Method, target as it is written in the URL, and the length that the recording states. */
const har = {
  *keysIn(text) {
    // A bare list of entries, one archive, several of them, or a call of JSONP around one.
    const json = JSON.parse(text.replace(/^\uFEFF?\s*[\w.$]+\(/, '').replace(/\)\s*;?\s*$/, ''));
    for (const one of Array.isArray(json) ? json : [json])
      for (const { request } of one?.log?.entries ?? one?.entries ?? (one?.request ? [one] : [])) {
        const target = typeof request?.url === 'string' ? targetOf(request.url) : null;
        if (target === null) continue;
        const headers = (request.headers ?? []).map(({ name, value }) => [String(name), value]);
        const { text: body, params } = request.postData ?? {};
        const stated = [lengthIn(headers), request.bodySize > 0 ? request.bodySize : Number.NaN].find(Number.isFinite);
        // Without a length that is stated there is no witness for a form of fields: any length will do.
        const length = stated ?? (body ? Buffer.byteLength(body) : params?.length > 0 ? 'any' : 0);
        yield `${request.method} ${escaped(target)} ${length}`;
      }
  },
  keyOf: (request) => `${request.method} ${request.target} ${sentLength(request)}`,
  like: (key) => key.replace(/ \d+$/, ' any'),
};

/** What a URL has outside of ASCII goes out as its UTF-8, percent-encoded; so do spaces. */
const escaped = (target) => target.replace(/[^\x21-\x7e]/gu, (letter) => encodeURIComponent(letter));

/** Method and target of the quoted request line; what the server wrote as \xHH is that byte. */
const accessLog = {
  *keysIn(text) {
    for (const line of text.split('\n')) {
      const quoted = /"([A-Z]+) ((?:[^"\\]|\\.)*) HTTP\/[\d.]+"/.exec(line);
      if (quoted === null) continue;
      const target = quoted[2]
        .replace(/\\x([0-9A-Fa-f]{2})/g, (_, hex) => `%${hex.toUpperCase()}`)
        .replace(/\\(.)/g, '$1');
      yield `${quoted[1]} ${target.replace(/^https?:\/\/[^/]*/, '')}`;
    }
  },
  keyOf: ({ method, target }) => `${method} ${target}`,
};

/** Request line, number of headers, and the stated length, of each transaction by its own boundary. */
const auditNative = {
  *keysIn(text) {
    let [id, part, lines] = [null, '', []];
    for (const line of text.split('\n')) {
      const mark = /^---?([A-Za-z0-9]+)-+([A-Z])--$/.exec(line.trimEnd());
      if (mark !== null && (id === null || mark[1] === id || mark[2] === 'A')) {
        if (part === 'B' && lines.length > 0) yield ofLines(lines);
        [id, part, lines] = [mark[2] === 'Z' ? null : mark[1], mark[2], []];
      } else if (part === 'B') lines.push(line.replace(/\r$/, ''));
    }
  },
  keyOf: (request) => `${request.method} ${request.target} ${sentLength(request)}`,
};

function ofLines(lines) {
  const end = lines.indexOf('');
  const [first, ...rest] = end === -1 ? lines : lines.slice(0, end);
  const [, method, target] = /^(\S+) (.*?)(?: HTTP\/[\d.]+)?$/.exec(first) ?? [];
  const length = lengthIn(rest.map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 1).trim()]));
  return `${method} ${target} ${Number.isFinite(length) ? length : 0}`;
}

const auditJson = {
  *keysIn(text) {
    for (const line of text.split('\n').filter((one) => one.includes('{'))) {
      const { transaction, request = transaction.request } = JSON.parse(line.slice(line.indexOf('{')));
      const [method, target] = request.request_line?.split(' ') ?? [request.method, request.uri];
      const length = lengthIn(Object.entries(request.headers ?? {}));
      yield `${method} ${target} ${Number.isFinite(length) ? length : 0}`;
    }
  },
  keyOf: auditNative.keyOf,
};

/** The payload of each request, byte for byte. */
const gor = {
  *keysIn(text) {
    for (const piece of text.split('\n\xf0\x9f\x90\xb5\xf0\x9f\x99\x88\xf0\x9f\x99\x89\n')) {
      const end = piece.indexOf('\n');
      if (piece.startsWith('1 ')) yield piece.slice(end + 1);
    }
  },
  bytes: true,
};

/** Method and target of each target; in JSON the length of its body too. */
const vegeta = {
  *keysIn(text) {
    for (const line of text.split('\n')) {
      const target = /^([A-Z]+) (https?:\/\/\S+)$/.exec(line.trim());
      if (target !== null) yield `${target[1]} ${escaped(targetOf(target[2]))}`;
      else if (line.startsWith('{')) {
        const { method = 'GET', url } = JSON.parse(line);
        yield `${method} ${escaped(targetOf(url))}`;
      }
    }
  },
  keyOf: accessLog.keyOf,
};

export const REFERENCES = {
  har,
  'access-log': accessLog,
  'modsecurity-native': auditNative,
  'modsecurity-json': auditJson,
  gor,
  vegeta,
};
