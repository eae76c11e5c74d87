import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { listen } from '../../infra/local/gateway/listen.ts';
import { mediaType } from '../../infra/local/static-site/media-types.ts';
import { sitesAsBuilt } from '../../infra/sites.ts';
import { madeOnce } from '../support/made-once.ts';

const root = join(import.meta.dirname, '../..');

/** The folders of console and status page, built as the deployment does; or with another page in the console's place. */
export function builtSites(page = 'frontend'): { readonly console: string; readonly status: string } {
  const folder = madeOnce({
    name: `sites/${basename(page)}`,
    sources: ['frontend', 'shared', page, 'package-lock.json'].map((path) => join(root, path)),
    make(unfinished) {
      const built = page === 'frontend' ? sitesAsBuilt(root) : undefined;
      if (built === undefined) return buildInto(unfinished, page);
      for (const [name, from] of Object.entries(built))
        cpSync(from, join(unfinished, name), { recursive: true });
    },
  });
  return { console: join(folder, 'console'), status: join(folder, 'status') };
}

function buildInto(folder: string, page: string): void {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const config = ['--config', join(root, 'frontend/vite.config.ts')];
  const out = ['--outDir', join(folder, 'console'), '--logLevel', 'warn'];
  execFileSync(process.execPath, [vite, 'build', join(root, page), ...config, ...out], { cwd: root });
}

export interface Served {
  /** What the content policy of the deployment allows this site beyond its own files. */
  readonly scripts: boolean;
  /** Styles within the page, as no site of ours has them. @default false */
  readonly styles?: boolean;
  connect(): readonly string[];
  config?(): unknown;
}

/** Serves a built site as the CDN does: compressed, with its content policy, and the first page for paths that name no file. */
export async function serveSite(folder: string, { scripts, styles = false, connect, config }: Served) {
  const compressed = new Map<string, Buffer>();
  const { port, stop } = await listen(
    0,
    async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://site');
      const path = extname(pathname) === '' ? '/index.html' : pathname;
      const headers = {
        'content-security-policy': policy({ scripts, styles }, connect()),
        'content-type': mediaType(path),
        'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      };
      if (path === '/config.json' && config) {
        response.writeHead(200, headers).end(JSON.stringify(config()));
        return;
      }
      const file = await readFile(join(folder, path)).catch(() => undefined);
      if (file === undefined) return void response.writeHead(404, headers).end();
      const body = compressed.get(path) ?? gzipSync(file);
      compressed.set(path, body);
      const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
      const isKnown = request.headers['if-none-match'] === etag;
      response.writeHead(isKnown ? 304 : 200, { ...headers, etag, 'content-encoding': 'gzip' });
      response.end(isKnown ? undefined : body);
    },
    { log: console.error },
  );
  return { address: `http://127.0.0.1:${port}`, stop };
}

/** As strict as infra/constructs/site-headers.ts. */
function policy(
  { scripts, styles }: { readonly scripts: boolean; readonly styles: boolean },
  connect: readonly string[],
): string {
  return [
    "default-src 'none'",
    `script-src ${scripts ? "'self'" : "'none'"}`,
    `style-src 'self'${styles ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    `connect-src ${scripts ? ["'self'", ...connect].join(' ') : "'none'"}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
