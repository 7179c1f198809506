/**
 * The part of SafeLine's management API that makes a protected site. Old: csrf, login with the password that `mgt-cli
 * reset-admin` printed, jwt.
 * New (6.6.0 on): a token in X-SLCE-API-TOKEN. Plain functions over a store, so that a test can serve it without a
 * database.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';

export function createApi({ store, apiToken = null }) {
  const csrf = new Set();
  const tokens = new Set();
  const changed = new EventEmitter().setMaxListeners(0);
  const token = () => randomBytes(24).toString('base64url');
  const isAllowed = ({ authorization = '', 'x-slce-api-token': key }) =>
    (apiToken !== null && key === apiToken) || tokens.has(authorization.replace(/^Bearer /, ''));

  const routes = {
    'GET /api/open/health': async () => ({ data: 'ok' }),
    'GET /api/open/auth/csrf': async () => {
      const made = token();
      csrf.add(made);
      return { data: { csrf_token: made } };
    },
    'POST /api/open/auth/login': async ({ body }) => {
      if (!csrf.delete(body.csrf_token)) return { status: 403, msg: 'csrf token is wrong or was used before' };
      if (body.username !== 'admin' || body.password !== (await store.password()))
        return { status: 401, msg: 'wrong user name or password' };
      const jwt = token();
      tokens.add(jwt);
      return { data: { jwt } };
    },
    'POST /api/open/site': async ({ headers, body }) => {
      if (!isAllowed(headers)) return { status: 401, msg: 'login-required' };
      if (!Array.isArray(body.upstreams) || body.upstreams.length === 0 || !Array.isArray(body.ports))
        return { status: 400, msg: 'ports and upstreams are needed' };
      const id = await store.addSite(body);
      changed.emit('change');
      return { data: { id } };
    },
    // tengine asks with the number of sites that it has, and is answered once there are others.
    'GET /api/open/publish/server': async ({ query }) => {
      const known = Number(query.get('known') ?? 0);
      let sites = await store.sites();
      if (sites.length === known) {
        await new Promise((resolve) => changed.once('change', resolve));
        sites = await store.sites();
      }
      return { text: sites.map(({ id, upstreams }) => `${id} ${upstreams[0]}\n`).join('') };
    },
  };

  return async function handle(request, response) {
    const url = new URL(request.url, 'http://mgt');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const route = routes[`${request.method} ${url.pathname}`];
    const respond = (status, type, text) => response.writeHead(status, { 'content-type': type }).end(text);
    try {
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : {};
      const {
        status = 200,
        data = null,
        msg = '',
        text,
      } = route
        ? await route({ headers: request.headers, body, query: url.searchParams })
        : { status: 404, msg: 'not found' };
      if (text !== undefined) respond(status, 'text/plain', text);
      else respond(status, 'application/json', JSON.stringify({ data, err: status === 200 ? null : 'error', msg }));
    } catch (error) {
      respond(500, 'application/json', JSON.stringify({ data: null, err: 'error', msg: error.message }));
    }
  };
}
