/** A plain nginx from Debian in its own container, published on loopback, for benches. `stop()` removes it. */
import { execFileSync } from 'node:child_process';

const IMAGE = 'slopegate/bench-nginx';
const DOCKERFILE = `FROM debian:bookworm-slim
RUN apt-get -o Acquire::Retries=3 update \\
 && apt-get -o Acquire::Retries=3 install -y --no-install-recommends nginx \\
 && rm -rf /var/lib/apt/lists/*
RUN printf '%s\\n' \\
    'worker_processes 1;' \\
    'events { worker_connections 1024; }' \\
    'http { access_log off; keepalive_requests 1000000000; keepalive_timeout 60s;' \\
    '  server { listen 80; location / { return 200 ok; } } }' \\
    > /etc/nginx/nginx.conf && nginx -t
CMD ["nginx", "-g", "daemon off;"]
`;

/** Builds the image if it is missing, and starts it. */
export function startNginx() {
  const docker = (args, input = '') => execFileSync('docker', args, { input, encoding: 'utf8', stdio: 'pipe' }).trim();
  docker(['build', '--quiet', '--tag', IMAGE, '-'], DOCKERFILE);
  const id = docker(['run', '--detach', '--rm', '--label', 'io.slopegate=1', '--publish', '127.0.0.1::80', IMAGE]);
  const port = Number(docker(['port', id, '80']).split('\n')[0].split(':').pop());
  return { url: `http://127.0.0.1:${port}/`, stop: () => docker(['rm', '--force', id]) };
}
