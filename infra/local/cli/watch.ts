import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { inputs } from './synthesize.ts';

const calm = 200;

/** Calls back, once per burst, when an input of the stack below `root` changes. */
export function watchInputs(root: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const notice = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, calm);
  };
  const watchers = inputs
    .map((name) => join(root, name))
    .filter((path) => existsSync(path))
    .map((path) =>
      watch(path, { recursive: true }, (_, file) => {
        if (!/(^|\/)(node_modules|dist)\//.test(file ?? '')) notice();
      }),
    );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
