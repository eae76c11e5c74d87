import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { listen } from '../../infra/local/gateway/listen.ts';
import { mediaType } from '../../infra/local/static-site/media-types.ts';
import { madeOnce } from '../support/made-once.ts';

const root = join(import.meta.dirname, '../..');

/** The folders of console and status page, built as the deployment does; or with another page in the console's place. */
export function builtSites(page = 'frontend'): { readonly console: string; readonly status: string } {
  const folder = madeOnce({
    name: `sites/${basename(page)}`,
    sources: ['frontend', 'shared', page, 'package-lock.json'].map((path) => join(root, path)),
    make(unfinished) {
      const vite = join(root, 'node_modules/vite/bin/vite.js');
      const config = ['--config', join(root, 'frontend/vite.config.ts')];
      const built = ['--outDir', join(unfinished, 'console'), '--logLevel', 'warn'];
      execFileSync(process.execPath, [vite, 'build', join(root, page), ...config, ...built], { cwd: root });
    },
  });
  return { console: join(folder, 'console'), status: join(folder, 'status') };
}

export interface Served {
  /** What the content policy of the deployment allows this site beyond its own files. */
  readonly scripts: boolean;
  connect(): readonly string[];
  config?(): unknown;
}

/** Serves a built site as the CDN does: with its content policy, and the first page for paths that name no file. */
export async function serveSite(folder: string, { scripts, connect, config }: Served) {
  const { port, stop } = await listen(
    0,
    async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://site');
      const path = extname(pathname) === '' ? '/index.html' : pathname;
      const headers = {
        'content-security-policy': policy(scripts, connect()),
        'content-type': mediaType(path),
      };
      if (path === '/config.json' && config) {
        response.writeHead(200, headers).end(JSON.stringify(config()));
        return;
      }
      const file = await readFile(join(folder, path)).catch(() => undefined);
      response.writeHead(file ? 200 : 404, headers).end(file);
    },
    { log: console.error },
  );
  return { address: `http://127.0.0.1:${port}`, stop };
}

/** As strict as infra/constructs/site-headers.ts. */
function policy(scripts: boolean, connect: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scripts ? "'self'" : "'none'"}`,
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${scripts ? ["'self'", ...connect].join(' ') : "'none'"}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
