import { hash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { Script } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { type FunctionName, functions } from '../../shared/wiring/index.ts';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** A text of one file of the program and what stands there instead: a bug that somebody might have written. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** What a function's module finds around it, in the order of the parameters of its compiled text. */
export const globalsOfModules = [
  'require',
  'module',
  'exports',
  'process',
  'Date',
  'Math',
  'setTimeout',
  'clearTimeout',
  'console',
] as const;

/** The text of one function's bundle, compiled once; each call evaluates it anew, as a cold start does. */
export type Evaluate = (...globals: readonly unknown[]) => void;

/** The program as it runs: the functions by name, and what is the same for all of them. */
export interface Program {
  readonly entries: ReadonlyMap<FunctionName, Evaluate>;
  /** The pure core, by the name under which a function's bundle asks for a file of it. */
  readonly core: ReadonlyMap<string, object>;
}

/** Bundles the functions and the core as they are, but for these changes. Throws when a text to be changed is not there. */
export async function loadProgram(
  names: readonly FunctionName[],
  changes: readonly Change[] = [],
): Promise<Program> {
  const missing = new Set(changes);
  const change = changing(changes, missing);
  const [core, entries] = await Promise.all([
    changed('the core', loadCore, changes, change),
    Promise.all(
      names.map(async (name) => {
        const load = (plugins: readonly Plugin[]) => loadEntry(name, plugins);
        return [name, await changed(name, load, changes, change)] as const;
      }),
    ),
  ]);
  for (const { file, from } of missing) throw new Error(`${file} has no text '${from}' to be changed`);
  return { core, entries: new Map(entries) };
}

/** What was loaded from a bundle, and the files that are in it, from the root. */
interface Loaded<What> {
  readonly what: What;
  readonly files: ReadonlySet<string>;
}

/** By name, each bundle as it is without a change. */
const unchanged = new Map<string, Promise<Loaded<unknown>>>();

/** A bundle as it is with the changes: one in which none of their files is, is the one that all programs of this process share. */
async function changed<What>(
  name: string,
  load: (plugins: readonly Plugin[]) => Promise<Loaded<What>>,
  changes: readonly Change[],
  change: Plugin,
): Promise<What> {
  const known = (unchanged.get(name) as Promise<Loaded<What>> | undefined) ?? load([]);
  unchanged.set(name, known);
  const { what, files } = await known;
  return changes.some(({ file }) => files.has(file)) ? (await load([change])).what : what;
}

const settings = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  logLevel: 'silent',
  packages: 'external',
  metafile: true,
} as const;

async function loadEntry(name: FunctionName, plugins: readonly Plugin[]): Promise<Loaded<Evaluate>> {
  const { outputFiles, metafile } = await build({
    ...settings,
    entryPoints: [`functions/${functions[name].entry}.ts`],
    plugins: [...plugins, coreOutside],
  });
  const text = (outputFiles[0]?.text ?? '').replace(
    'var __toESM = (mod,',
    `var __toESM = require('${TO_ESM}'), __copying = (mod,`,
  );
  const compiled = `(function (${globalsOfModules.join(', ')}) {${text}\n})`;
  const what = new Script(compiled, { filename: `${name}.cjs` }).runInThisContext() as Evaluate;
  return { what, files: new Set(Object.keys(metafile.inputs)) };
}

/** Files of the functions that are schemas and what reads with them: without state, and dear to evaluate anew. */
const schemas = [
  'functions/edge/input.ts',
  'functions/edge/page-token.ts',
  'functions/incidents/update-commands.ts',
  'functions/on-call/messages.ts',
];

/** Node hashes several times faster than what runs in browsers too; `test/shared/kernel` knows that both say the same. */
const native: Readonly<Record<string, object>> = {
  '@noble/hashes/sha2.js': { sha256: (bytes: Uint8Array) => hash('sha256', bytes, 'buffer') },
};

/** The core has no state but memories of pure functions, so one copy serves all environments. */
async function loadCore(plugins: readonly Plugin[]): Promise<Loaded<Program['core']>> {
  const files = [...globSync('shared/**/*.ts', { cwd: root }).sort(), ...schemas];
  const contents = files.map((file, i) => `export * as m${i} from './${file}';`).join('\n');
  const { outputFiles, metafile } = await build({
    ...settings,
    stdin: { contents, resolveDir: root, loader: 'ts' },
    plugins: [...plugins],
  });
  const module = { exports: {} as Record<string, object> };
  const run = new Script(`(function (require, module, exports) {${outputFiles[0]?.text ?? ''}\n})`, {
    filename: 'core.cjs',
  }).runInThisContext() as (...globals: readonly unknown[]) => void;
  run((name: string): unknown => native[name] ?? require(name), module, module.exports);
  const what = new Map(files.map((file, i) => [CORE + file, module.exports[`m${i}`] ?? {}]));
  return { what, files: new Set(Object.keys(metafile.inputs)) };
}

/** How a function's bundle asks for what makes a module of a CommonJS one: copied once, and not for each environment. */
export const TO_ESM = 'simulation:to-esm';

/** How a function's bundle names a file of the core, the schemas of functions included. */
export const CORE = 'core:';

const coreOutside: Plugin = {
  name: 'core-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const file = relative(root, join(resolveDir, path));
      const isCore = file.startsWith('shared/') || schemas.includes(file);
      return isCore ? { path: `${CORE}${file}`, external: true } : undefined;
    });
  },
};

function changing(changes: readonly Change[], missing: Set<Change>): Plugin {
  return {
    name: 'changes',
    setup({ onLoad }) {
      onLoad({ filter: /\/(functions|shared)\/.*\.ts$/ }, async ({ path }) => {
        const own = changes.filter(({ file }) => join(root, file) === path);
        if (own.length === 0) return undefined;
        let contents = await readFile(path, 'utf8');
        for (const one of own) {
          if (!contents.includes(one.from)) continue;
          missing.delete(one);
          contents = contents.replace(one.from, () => one.to);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}
