import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startCompanion } from './companion';
import { until } from './deadline';
import type { Need } from './needs';

const program = process.env['NGINX'] ?? '/usr/sbin/nginx';

export const nginx: Need = {
  name: 'nginx',
  isThere: existsSync(program),
  hint: `There is no nginx at ${program}. Install nginx, or set NGINX to where it is.`,
};

export interface Proxy {
  readonly url: string;
  /** Resolves when one of the servers is taken for alive: after all have failed, nginx answers by itself for a second. */
  isUp(): Promise<void>;
  stop(): Promise<void>;
}

/** One process, which keeps to its folder. What it does for streams is in docs/guides/emulator.md. */
function configuration(folder: string, port: number, upstreams: readonly string[]): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
    daemon off;
    master_process off;
    pid ${folder}/nginx.pid;
    error_log stderr notice;
    events { worker_connections 256; }
    http {
      access_log off;
      ${kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n')}
      upstream emulators {
        ${upstreams.map((url) => `server ${new URL(url).host} max_fails=1 fail_timeout=1s;`).join('\n')}
      }
      map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://emulators;
          proxy_http_version 1.1;
          proxy_set_header Host $http_host;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection $connection_upgrade;
          proxy_buffering off;
          proxy_read_timeout 1h;
        }
      }
    }`;
}

/** nginx before several servers, which takes turns among those that answer. */
export async function startNginx(upstreams: readonly string[]): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'hudhud-nginx-'));
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, port, upstreams));
  const server = await startCompanion({
    command: [program, '-p', folder, '-c', file, '-e', 'stderr'],
    ready: /using the "\w+" event method/,
    signal: 'TERM',
  });
  const url = `http://127.0.0.1:${port}`;
  const isHealthy = () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  const isUp = async () => {
    await until(isHealthy, (healthy) => healthy);
  };
  await isUp();
  return {
    url,
    isUp,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}
