import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a module imports before its first line runs; `import()` is not among it. */
const imports = /(?:\bfrom|^import)\s*"(\.\/[^"]+)"/gm;

/** The files of a bundle that are read before its handler is there: its entry, and all that this imports, and so on. */
export function readAtStart(entry: string): readonly string[] {
  const seen = new Set([entry]);
  for (const file of seen)
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(imports))
      seen.add(join(dirname(file), path));
  return [...seen];
}

/** Bytes of these files. */
export const bytesIn = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + statSync(file).size, 0);
