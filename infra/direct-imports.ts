import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** Where a name that a file exports is declared, and under which name. */
interface Declared {
  readonly file: string;
  readonly name: string;
}
type Exports = Map<string, Declared>;

const declaration = /^export (?:async )?(?:const|let|function\*?|class) ([\w$]+)/gm;
const reexportOfAll = /^export \* from '(\.[^']+)';/gm;
const reexport = /^export \{([^}]*)\} from '(\.[^']+)';/gm;
const throughIndex = /^(import|export) \{([^}]*)\} from '(\.[^']*\/index\.ts)';/gm;

/**
 * Lets modules import from where a name is declared what they write as an import from an `index.ts`. When esbuild splits code it
 * takes a file with all that it imports: of whoever needs one name of an index, it would load the whole capability, also what only
 * other functions use. What it cannot tell, such as a name that it does not find, stays an import from the index. Lines keep their numbers.
 */
export const directImports = (root: string): Plugin => ({
  name: 'direct-imports',
  setup(build) {
    const known = new Map<string, Exports>();
    build.onStart(() => known.clear());
    build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      const isOurs = !relative(root, path).startsWith('..') && !path.includes('/node_modules/');
      if (!isOurs) return undefined;
      const contents = direct(await readFile(path, 'utf8'), dirname(path), known);
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
});

function direct(text: string, folder: string, known: Map<string, Exports>): string {
  return text.replace(throughIndex, (whole, verb: string, names: string, index: string) => {
    const exports = exportsOf(join(folder, index), known);
    const byFile = new Map<string, string[]>();
    for (const { from, to } of namesIn(names)) {
      const declared = exports.get(from);
      if (declared === undefined) return whole;
      const path = relative(folder, declared.file);
      const specifier = path.startsWith('.') ? path : `./${path}`;
      byFile.set(specifier, [...(byFile.get(specifier) ?? []), `${declared.name} as ${to}`]);
    }
    const lines = [...byFile].map(([file, each]) => `${verb} { ${each.join(', ')} } from '${file}';`);
    return lines.join(' ') + '\n'.repeat(whole.split('\n').length - 1);
  });
}

/** What a file exports and runs with; types are none of it. */
function exportsOf(file: string, known: Map<string, Exports>): Exports {
  const before = known.get(file);
  if (before !== undefined) return before;
  const found: Exports = new Map();
  known.set(file, found);
  // What a loader makes of something else, such as a style, has no text to look into.
  if (!existsSync(file)) return found;
  const text = readFileSync(file, 'utf8');
  const at = (path: string) => exportsOf(join(dirname(file), path), known);
  for (const [, path = ''] of text.matchAll(reexportOfAll))
    for (const [name, declared] of at(path)) found.set(name, declared);
  for (const [, names = '', path = ''] of text.matchAll(reexport))
    for (const { from, to } of namesIn(names)) {
      const declared = at(path).get(from);
      if (declared !== undefined) found.set(to, declared);
    }
  for (const [, name = ''] of text.matchAll(declaration)) found.set(name, { file, name });
  return found;
}

/** `a, type B, c as d` without its types. */
const namesIn = (names: string): readonly { readonly from: string; readonly to: string }[] =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => {
      const [from = '', to = from] = name.split(' as ');
      return { from, to };
    });
