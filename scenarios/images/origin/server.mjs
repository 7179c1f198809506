/**
 * The origin behind the WAF: answers every request alike but those under /session/, and counts and digests what reached
 * it.
 * The digest does not depend on the order of arrival: the sum, modulo 2^256, of SHA-256(method " " target "\n" body).
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const ANSWER = Buffer.from('<!doctype html><title>ok</title><p>The request arrived.</p>\n');
const ANSWER_HEADERS = { 'content-type': 'text/html; charset=utf-8', 'content-length': String(ANSWER.length) };
const MODULUS = 1n << 256n;

let requests = 0;
let sum = 0n;

/**
 * For visitors with a state: /session/new gives a cookie and a form with its token; /session/use takes the token back
 * with its cookie, and gives another one in X-Token. A token of another session is answered with 409. Nothing is kept:
 * tokens are made of the cookie and a secret.
 */
const secret = randomBytes(32);
const tokenOf = (session, use) => createHmac('sha256', secret).update(`${use} ${session}`).digest('hex');

function sessionAnswer(url, cookie = '', body) {
  if (url.startsWith('/session/new')) {
    const session = randomBytes(12).toString('hex');
    const form = `<form><input name="csrf" value="${tokenOf(session, 'form')}"></form>\n`;
    return { status: 200, headers: { 'set-cookie': `sid=${session}; Path=/; HttpOnly` }, body: form };
  }
  const session = /(?:^|; )sid=(\w+)/.exec(cookie)?.[1] ?? '';
  const right = new URLSearchParams(body).get('csrf') === tokenOf(session, 'form');
  return right
    ? { status: 200, headers: { 'x-token': tokenOf(session, 'use') }, body: '<p>Welcome.</p>\n' }
    : { status: 409, headers: {}, body: '<p>This token is of another session.</p>\n' };
}

/** Of the body of a session request no more is kept. */
const LONGEST_FORM = 4096;

const traffic = createServer((request, response) => {
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`);
  const stateful = request.url.startsWith('/session/');
  let form = '';
  request.on('data', (chunk) => {
    hash.update(chunk);
    if (stateful && form.length < LONGEST_FORM) form += chunk.toString('latin1');
  });
  request.on('end', () => {
    requests += 1;
    sum = (sum + BigInt(`0x${hash.digest('hex')}`)) % MODULUS;
    if (stateful) {
      const { status, headers, body } = sessionAnswer(request.url, request.headers.cookie, form);
      response.writeHead(status, { ...headers, 'content-type': 'text/html', 'content-length': body.length });
      response.end(body);
      return;
    }
    response.writeHead(200, ANSWER_HEADERS);
    response.end(ANSWER);
  });
});
// The WAF decides how long a connection lives.
traffic.keepAliveTimeout = 0;
traffic.requestTimeout = 0;
traffic.headersTimeout = 0;

const control = createServer((request, response) => {
  const asked = `${request.method} ${request.url}`;
  if (asked === 'POST /reset') {
    requests = 0;
    sum = 0n;
  } else if (asked !== 'GET /counts') {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify({ requests, digest: sum.toString(16).padStart(64, '0') })}\n`);
});

traffic.listen(8080);
control.listen(9090);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
