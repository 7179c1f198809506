/** mgt: the API over TLS on 1443, its state in PostgreSQL. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';
import { createApi } from './mgt-api.mjs';

const require = createRequire('/usr/share/nodejs/');
const { Pool } = require('pg');
const pool = new Pool({ connectionString: process.env.MGT_PG, max: 2 });

// First boot migrates: both arms must have a database of their own.
await pool.query('CREATE TABLE IF NOT EXISTS site (id serial PRIMARY KEY, spec jsonb NOT NULL)');
await pool.query('CREATE TABLE IF NOT EXISTS admin (name text PRIMARY KEY, password text NOT NULL)');

const store = {
  password: async () => (await pool.query("SELECT password FROM admin WHERE name = 'admin'")).rows[0]?.password ?? null,
  addSite: async (spec) => (await pool.query('INSERT INTO site (spec) VALUES ($1) RETURNING id', [spec])).rows[0].id,
  sites: async () =>
    (await pool.query('SELECT id, spec FROM site ORDER BY id')).rows.map(({ id, spec }) => ({ id, ...spec })),
};
const tls = { key: readFileSync('/app/key.pem'), cert: readFileSync('/app/cert.pem') };
const api = createApi({ store, apiToken: process.env.SL_API_TOKEN || null });
createServer({ ...tls, requestTimeout: 0 }, (request, response) => void api(request, response)).listen(1443, () =>
  console.log(`mgt ${process.env.SL_VERSION} is listening`),
);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
