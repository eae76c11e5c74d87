import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { directImports } from './direct-imports.ts';

/** Source files by the name of the function that they are the entry of, relative to the root. */
export type Entries = Readonly<Record<string, string>>;

/** Files of packages that go along with a function, by its name: paths below `node_modules`, which they keep. */
export type Files = Readonly<Record<string, readonly string[]>>;

/** The folder of each function; its entry is `<name>.mjs`, so its handler is `<name>.handler`. */
export type Bundles = ReadonlyMap<string, string>;

// Lambda splits a handler at the first dot of its file name, so an entry cannot keep a name such as receive.http.
const ending = '.mjs';

/**
 * Bundles all entries in one run, in which they share chunks, and writes a folder per entry with only the files that it
 * reaches. Throws, naming them, when entries do not exist.
 */
export async function bundle(
  entries: Entries,
  { root, into, files = {} }: { root: string; into: string; files?: Files },
): Promise<Bundles> {
  const missing = Object.entries(entries).filter(([, file]) => !existsSync(join(root, file)));
  if (missing.length > 0) {
    const lines = missing.map(([name, file]) => `${name}: ${file}`);
    throw new Error(`These functions of shared/wiring have no entry file:\n  ${lines.join('\n  ')}`);
  }
  const { metafile, outputFiles } = await build({
    entryPoints: { ...entries },
    absWorkingDir: root,
    // A made-up folder inside the root: paths in the source maps and the names of chunks are the same on every machine.
    outdir: join(root, 'out'),
    write: false,
    bundle: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    // The status page brings its style along, and of React what visitors get.
    loader: { '.css': 'text' },
    plugins: [directImports(root)],
    define: { 'process.env.NODE_ENV': '"production"' },
    outExtension: { '.js': ending },
    chunkNames: 'chunk-[hash]',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
  });
  const contents = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const folders = Object.keys(entries).map(async (name) => {
    const folder = join(into, name);
    for (const output of reached(metafile, `out/${name}${ending}`)) {
      for (const file of [output, `${output}.map`]) {
        const target = join(folder, file.slice('out/'.length));
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, contents.get(join(root, file)) ?? '');
      }
    }
    for (const file of files[name] ?? []) {
      const target = join(folder, 'node_modules', file);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(join(root, 'node_modules', file), target);
    }
    return [name, folder] as const;
  });
  return new Map(await Promise.all(folders));
}

function reached({ outputs }: Metafile, entry: string): ReadonlySet<string> {
  const seen = new Set([entry]);
  for (const file of seen) {
    for (const { path, external } of outputs[file]?.imports ?? []) if (external !== true) seen.add(path);
  }
  return seen;
}
