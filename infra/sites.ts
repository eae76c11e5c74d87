import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of the built sites. */
export interface Sites {
  readonly console: string;
  readonly status: string;
}

/** What the sites are built from, relative to the root. */
const inputs = ['frontend', 'shared', 'package-lock.json'];

/** The built sites under dist/, built now when they are not there or older than what they are built from. */
export async function builtSites(root: string, build = buildByVite): Promise<Sites> {
  const sites = { console: join(root, 'dist/console'), status: join(root, 'dist/status') };
  const pages = [join(sites.console, 'index.html'), join(sites.status, 'not-found.html')];
  const builtAt = () => Math.min(...pages.map(changedAt));
  const changed = Math.max(...inputs.map((name) => changedAt(join(root, name))));
  const frontend = join(root, 'frontend');
  if (builtAt() < changed && existsSync(join(frontend, 'vite.config.ts'))) await build(frontend);
  if (builtAt() > 0) return sites;
  throw new Error(`${pages.join(' or ')} is missing; build the sites with: npx vite build frontend`);
}

async function buildByVite(frontend: string): Promise<void> {
  const { build } = await import('vite');
  await build({ configFile: join(frontend, 'vite.config.ts'), root: frontend, logLevel: 'warn' });
}

/** The last change at or below a path, in milliseconds since the epoch; 0 when there is nothing. */
function changedAt(path: string): number {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return 0;
  const names = status.isDirectory() ? readdirSync(path) : [];
  return Math.max(status.mtimeMs, ...names.map((name) => changedAt(join(path, name))));
}
