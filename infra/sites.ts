import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** Folders of the built sites; each has an index.html. */
export interface Sites {
  readonly console: string;
  readonly status: string;
}

/** The built sites under dist/, built now when they are not there yet. */
export async function builtSites(root: string): Promise<Sites> {
  const sites = { console: join(root, 'dist/console'), status: join(root, 'dist/status') };
  const absent = () => Object.values(sites).filter((folder) => !existsSync(join(folder, 'index.html')));
  if (absent().length === 0) return sites;
  const configFile = join(root, 'frontend/vite.config.ts');
  if (existsSync(configFile)) await build({ configFile, root: join(root, 'frontend'), logLevel: 'warn' });
  const still = absent();
  if (still.length === 0) return sites;
  throw new Error(`No index.html in ${still.join(' and ')}; build the sites with: vite build frontend`);
}
