import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Where the module of a function lies, and which of its exports handles events. As in Lambda, the first dot of the
 * file name ends the name of the module.
 */
export function findHandler(folder: string, handler: string): { module: string; export: string } {
  const [, stem = '', name = ''] = /^((?:.*\/)?[^./]*)\.(.+)$/.exec(handler) ?? [];
  const file = ['.mjs', '.js', '.cjs']
    .map((ending) => join(folder, stem + ending))
    .find((path) => existsSync(path));
  if (file === undefined) throw new Error(`there is no module for the handler ${handler} in ${folder}`);
  return { module: pathToFileURL(file).href, export: name };
}
