import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { encodeRequest } from '../../src/replay/wire/wire-format.js';
import { importing } from '../corpus/importing.js';
import { startRecordingServer } from '../replay/recording-server.js';

const COMMANDS = [
  "curl -H 'Accept:' -H 'X;' http://h/",
  'curl localhost:8080/x',
  'curl http://h:80/y',
  'curl http://h/a/../../b/.?/../',
  'curl http://h/a/./b/..',
  'curl http://h/..',
  'curl http://h/a//../b',
  'curl http://h/%2e%2e/b',
  'curl --path-as-is http://h/../b',
  "curl --json '{}' http://h/",
  "curl -g 'http://h/[1-3]'",
  `curl 'http://h/$ID' -H "A: \\$b"`,
  "curl 'http://h?x=1#frag'",
  'curl -d a=1 -d b=2 http://h/',
  "curl -d '' http://h/",
  "curl --data-urlencode 'q=a b&c' http://h/",
  "curl -G -d a=1 --data-urlencode 'q=a b&c' http://h/?z=1",
  "curl -G -d '' http://h/",
  'curl -u u:p -e r -A ua -b s=1 http://h/',
  "curl 'http://u:p%40@h/'",
  'curl -X DELETE http://h/x',
  'curl -I http://h/x',
  "curl -H 'X-A: 1' -H 'x-a: 2' -H 'Host: other' http://h/",
  'curl -X POST http://h/',
  'curl --data-raw @x http://h/',
  'curl -0 http://h/',
  "curl 'http://h/a[]=1' > out 2>&1",
];

/** Without curl's own headers, which an import leaves out and tells; headers in any order. */
function comparable(bytes: Buffer): string {
  const [head = '', ...body] = bytes.toString('latin1').split('\r\n\r\n');
  const [line, ...headers] = head.split('\r\n');
  const stated = headers.filter((header) => !/^(?:User-Agent: curl|Accept: \*\/\*)/.test(header));
  return [line, ...stated.map((header) => header.trimEnd()).sort(), '', ...body].join('\n');
}

test.skipIf(spawnSync('curl', ['--version']).status !== 0)('what is imported is what curl itself sends', async () => {
  await using server = await startRecordingServer(() => ({ after: 'end' }));
  for (const command of COMMANDS) {
    const elsewhere = command.replace('curl', `curl -s -m 5 --connect-to ::127.0.0.1:${server.port}`);
    await once(spawn('sh', ['-c', elsewhere.replace('> out', '> /dev/null')], { stdio: 'ignore' }), 'close');
  }
  const { requests, skipped } = await importing('curl', { 'a.sh': `${COMMANDS.join('\n')}\n` });
  expect(skipped).toEqual([]);
  expect(requests.map((request) => comparable(encodeRequest(request)))).toEqual(server.requests.map(comparable));
});
