import { rmSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../node_modules/.cache/compiled');

/** Where Node keeps what it compiled for our threads; each of them would compile its whole bundle anew. */
const threads = join(folder, 'threads');

/** In the environment of a thread: about a third of its start is compiling, which is done once. */
export const threadsCompiled = { NODE_COMPILE_CACHE: threads };

/** In the environment of a process: half of its start is compiling. Its files keep their names, so nothing piles up. */
export const processesCompiled = { NODE_COMPILE_CACHE: join(folder, 'processes') };

/**
 * Bundles that are made anew have new names: what was compiled of the old ones would pile up. Other processes may write there
 * meanwhile; what they leave is forgotten the next time.
 */
export const forgetCompiled = (): void =>
  rmSync(threads, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
