/**
 * The origin behind the WAF: answers every request alike, and counts and digests what reached it.
 * The digest does not depend on the order of arrival: the sum, modulo 2^256, of SHA-256(method " " target "\n" body).
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const ANSWER = Buffer.from('<!doctype html><title>ok</title><p>The request arrived.</p>\n');
const ANSWER_HEADERS = { 'content-type': 'text/html; charset=utf-8', 'content-length': String(ANSWER.length) };
const MODULUS = 1n << 256n;

let requests = 0;
let sum = 0n;

const traffic = createServer((request, response) => {
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`);
  request.on('data', (chunk) => hash.update(chunk));
  request.on('end', () => {
    requests += 1;
    sum = (sum + BigInt(`0x${hash.digest('hex')}`)) % MODULUS;
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
