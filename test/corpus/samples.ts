import type { FormatName } from '../../src/corpus/formats.js';

/** The last fields of an access log, with a quote and a backslash as nginx writes them. */
const AGENT = String.raw`"https://shop.example/\x22" "Mozilla/5.0 \x5C"`;

/** Small files of every format, written for these tests. */
export const SAMPLES: Readonly<Record<FormatName, Readonly<Record<string, string>>>> = {
  har: {
    'shop.har': JSON.stringify(
      {
        log: {
          version: '1.2',
          pages: [{ id: 'page_1', startedDateTime: '2026-03-01T10:00:00.000Z', title: 'Ein "Laden" {mit Klammern}' }],
          entries: [
            {
              startedDateTime: '2026-03-01T10:00:00.000Z',
              request: {
                method: 'GET',
                url: 'https://shop.example/p/7?q=a%20b#top',
                httpVersion: 'h2',
                headers: [
                  { name: ':authority', value: 'shop.example' },
                  { name: 'Accept', value: '*/*' },
                ],
              },
            },
            {
              startedDateTime: '2026-03-01T10:00:00.250Z',
              request: {
                method: 'POST',
                url: 'http://shop.example:8080',
                headers: [
                  { name: 'Host', value: 'shop.example:8080' },
                  { name: 'Content-Length', value: '21' },
                  { name: 'Connection', value: 'keep-alive' },
                ],
                postData: { mimeType: 'application/json', text: '{"name":"Jörg \\"}{"}' },
              },
            },
            {
              request: {
                method: 'POST',
                url: 'http://shop.example/form',
                headers: [],
                postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a b', value: 'ü' }] },
              },
            },
            { request: { method: 'GET', url: 'about:blank', headers: [] } },
          ],
        },
      },
      null,
      1,
    ),
  },
  http: {
    'a.white': 'GET /search?q=shoes HTTP/1.1\r\nHost: shop.example\r\nAccept: */*\r\n\r\n',
    'b.black': "POST /login HTTP/1.1\nHost: shop.example\nContent-Length: 12\n\nuser=' OR 1=1\n".replace(
      'Content-Length: 12',
      'Content-Length: 13',
    ),
    'c.pkt': 'GET /one HTTP/1.1\r\nHost: a\r\n\r\n\0PUT /two HTTP/1.0\r\nHost: a\r\n\r\nxyz\0nonsense\r\n\0',
    'deep/d.http':
      'POST /up HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n',
    'e.http': 'POST /short HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nshort',
  },
  ftw: {
    '942100.yaml': `---
meta:
  author: slopegate
tests:
  - test_id: 1
    desc: an injection
    stages:
      - input:
          dest_addr: 127.0.0.1
          method: POST
          port: 80
          uri: /?id=1 2
          version: HTTP/1.0
          headers:
            Host: localhost
            User-Agent: test
          data: "a=1' or '1'='1"
        output:
          log:
            expect_ids: [942100]
  - test_id: 2
    stages:
      - stage:
          input:
            headers: {Host: localhost}
            uri: /fine
          output:
            no_log_contains: id "942100"
      - input:
          encoded_request: ${Buffer.from('GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n').toString('base64')}
        output:
          status: 403
`,
    'broken.yaml': 'tests: [\n  - a: b\n  : c',
  },
  gor: {
    'traffic.gor':
      '1 932079936fa4306fc308d67588178d17d823647c 1439818823587396305\nGET /a HTTP/1.1\r\nHost: ' +
      ('a\r\n\r\n\n🐵🙈🙉\n2 8e091765ae902fef8a2b7d9dd960e9d52222bd8c 1439818823587996305 ' +
        ('2782013\nHTTP/1.1 200 OK\r\n\r\n\n🐵🙈🙉\n1 cb3 1439818823687396305\nPOST /b HTTP/1.1\r\nHost: ' +
          'a\r\nContent-Length: 7\r\n\r\na=1&b=2\n🐵🙈🙉\nbroken\n🐵🙈🙉\n')),
  },
  'access-log': {
    'access.log': `203.0.113.9 - - [01/Mar/2026:10:00:00 +0100] "GET /p?q=%27 HTTP/1.1" 200 512 ${AGENT}
203.0.113.10 - bob [01/Mar/2026:10:00:02 +0100] "POST /login HTTP/1.1" 302 0 "-" "curl/8"
not a line
203.0.113.11 - - [01/Mar/2026:10:00:03 +0100] "\\x16\\x03\\x01" 400 150 "-" "-"
`,
  },
  vegeta: {
    'body.bin': 'x=1\n',
    'targets.txt':
      '# a comment\nGET http://shop.example/a?b=c\nX-Account: 8675309\n\nPOST ' +
      ('http://shop.example/things\nContent-Type: text/plain\n@body.bin\nDELETE ' +
        'http://shop.example/x\n\nwhat is this\n\nPOST http://shop.example/y\n@missing.bin\n'),
    'targets.json':
      `{"method":"POST","url":"http://shop.example/json","body":"${Buffer.from('{"a":1}').toString('base64')}",` +
      `"header":{"Content-Type":["application/json"],"X-Two":["1","2"]}}\n{"method":\n`,
  },
  'modsecurity-native': {
    'modsec_audit.log': `--c7036611-A--
[01/Mar/2026:10:00:00 +0000] Xq 203.0.113.9 40000 10.0.0.2 80
--c7036611-B--
POST /login HTTP/1.1
Host: shop.example
Content-Length: 13

--c7036611-C--
user=' OR 1=1
--c7036611-F--
HTTP/1.1 403 Forbidden

--c7036611-H--
Message: Access denied with code 403 (phase 2).
--c7036611-Z--

---aB3dE5fG---A--
[01/Mar/2026:10:00:01 +0000] 1741 203.0.113.9 40001 10.0.0.2 80
---aB3dE5fG---B--
GET /fine HTTP/1.1
Host: shop.example

---aB3dE5fG---D--

---aB3dE5fG---Z--

--dead-A--
[01/Mar/2026:10:00:02 +0000] x
`,
  },
  'modsecurity-json': {
    'audit.json': [
      '{"transaction":{"client_ip":"203.0.113.9","time_stamp":"Sun Mar  1 10:00:00 ' +
        '2026","request":{"method":"POST","http_version":1.1,"uri":"/login","body":"user=x",' +
        '"headers":{"Host":"shop.example","Content-Length":"6"}},"messages":[{"message":"SQL injection"}]}}',
      '{"transaction":{"time":"01/Mar/2026:10:00:01 +0000"},"request":{"request_line":"GET /a?b ' +
        'HTTP/1.1","headers":{"Host":"shop.example"}},"audit_data":{}}',
      '{"transaction":',
      '',
    ].join('\n'),
  },
  burp: {
    'items.xml': `<?xml version="1.0"?>
<items burpVersion="2026.1" exportTime="Sun Mar 01 11:00:00 UTC 2026">
  <item>
    <time>Sun Mar 01 10:00:00 UTC 2026</time>
    <url><![CDATA[https://shop.example/a]]></url>
    <request base64="true"><![CDATA[${btoa('GET /a HTTP/2\r\nHost: shop.example\r\n\r\n')}]]></request>
    <response base64="true"><![CDATA[SFRUUA==]]></response>
  </item>
  <item>
    <time>Sun Mar 01 10:00:01 UTC 2026</time>
    <request base64="false"><![CDATA[POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi]]></request>
  </item>
  <item><time>Sun Mar 01 10:00:02 UTC 2026</time></item>
</items>
`,
  },
  zap: {
    'messages.txt':
      '===1 ==========\nGET http://shop.example/a?b HTTP/1.1\r\nhost: shop.example\r\n\r\n\n' +
      'HTTP/1.1 200 OK\r\n\r\nhi\n' +
      '===2 ==========\nPOST http://shop.example/b HTTP/1.1\r\nhost: shop.example\r\ncontent-length: 3\r\n\r\na=1\n' +
      'HTTP/1.1 302 Found\r\nlocation: /\r\n\r\n\n' +
      '===3 ==========\nPOST http://shop.example/b HTTP/1.1\r\ncontent-length: 3\r\n\r\na=12345\n',
    'one.xml':
      `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<Message>\n    ` +
      `<Headers>${btoa('POST http://shop.example/x HTTP/1.1\r\nhost: shop.example\r\ncontent-length: 2\r\n\r\n')}` +
      `</Headers>\n    <Body>${btoa('\u00ff\u0000')}</Body>\n</Message>\n`,
  },
  curl: {
    'a.sh': `# it's copied
curl 'https://shop.example/a?b=c' \\
  -H 'accept: */*' -H 'User-Agent: x' \\
  --compressed -b 's=1'
curl -sk "http://shop.example:8080/j\\"" --data-raw $'{"a":"it\\'s \\u00e9"}' -H 'Content-Type: application/json'
curl shop.example/g -G -d a=1 --data-urlencode 'q=a b&c' ; curl -X PUT http://a/p -d @body.bin
curl http://a/ --proxy http://p
wget http://a/
curl 'http://a/
`,
  },
};
