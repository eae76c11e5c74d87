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
  const frontend = join(root, 'frontend');
  if (!areNew(root) && existsSync(join(frontend, 'vite.config.ts'))) await build(frontend);
  if (builtAt(root) > 0) return sitesIn(root);
  throw new Error(`${pagesIn(root).join(' or ')} is missing; build the sites with: npx vite build frontend`);
}

/** The built sites under dist/ when they are there and as new as what they are built from; undefined otherwise. */
export const sitesAsBuilt = (root: string): Sites | undefined => (areNew(root) ? sitesIn(root) : undefined);

const sitesIn = (root: string): Sites => ({
  console: join(root, 'dist/console'),
  status: join(root, 'dist/status'),
});

/** By which it is seen that a site was built. */
function pagesIn(root: string): readonly string[] {
  const { console, status } = sitesIn(root);
  return [join(console, 'index.html'), join(status, 'not-found.html')];
}

const builtAt = (root: string): number => Math.min(...pagesIn(root).map(changedAt));

const areNew = (root: string): boolean =>
  builtAt(root) >= Math.max(...inputs.map((name) => changedAt(join(root, name))));

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
