import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionDefinition } from './definition.ts';

/** Where the module of a function lies, and which of its exports handles events. */
export function environmentModule({ id, folder, handler }: FunctionDefinition): {
  module: string;
  export: string;
} {
  const dot = handler.lastIndexOf('.');
  const stem = join(folder, handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((ending) => stem + ending).find((path) => existsSync(path));
  if (file === undefined)
    throw new Error(`${id}: there is no module for the handler ${handler} in ${folder}`);
  return { module: pathToFileURL(file).href, export: handler.slice(dot + 1) };
}
