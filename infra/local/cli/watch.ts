import { existsSync, type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { inputs } from './synthesize.ts';

const calm = 200;

/** Folders that are made, not written. */
const made = new Set(['node_modules', 'dist']);

/**
 * Calls back, once per burst, when an input of the stack below `root` changes, or the file of settings. Each folder is watched by
 * itself: a watch on a file is deaf once the file was replaced, as many editors do when they save.
 */
export function watchInputs(root: string, changed: () => void, settings?: string): () => void {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const notice = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchAll();
      changed();
    }, calm);
  };
  const watchFolder = (folder: string, concerns: (name: string) => boolean) => {
    if (watchers.has(folder)) return;
    const watcher = watch(folder, (_, name) => {
      if (name === null || concerns(name)) notice();
    });
    // A folder that went away is watched again when it is back.
    watcher.on('error', () => forget(folder, watcher));
    watchers.set(folder, watcher);
  };
  const forget = (folder: string, watcher: FSWatcher) => {
    watcher.close();
    watchers.delete(folder);
  };
  const watchAll = () => {
    for (const [folder, watcher] of watchers) if (!existsSync(folder)) forget(folder, watcher);
    const paths = inputs.map((name) => resolve(root, name)).filter((path) => existsSync(path));
    const files = paths.filter((path) => statSync(path).isFile());
    // The file of settings also before there is one.
    const named = settings === undefined ? files : [...files, resolve(root, settings)];
    const ofFiles = new Set(named.map((path) => basename(path)));
    for (const folder of new Set(named.map(dirname)))
      if (existsSync(folder)) watchFolder(folder, (name) => ofFiles.has(name));
    for (const path of paths) for (const folder of foldersBelow(path)) watchFolder(folder, isWritten);
  };
  watchAll();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

const isWritten = (name: string): boolean => !made.has(name);

/** A folder and all below it; nothing for a file. */
function foldersBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [];
  const below = readdirSync(path, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && isWritten(entry.name),
  );
  return [path, ...below.flatMap(({ name }) => foldersBelow(join(path, name)))];
}
