import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { forgetCompiled, processesCompiled } from '../compile-cache.ts';
import { WrongLine } from './wrong-line.ts';

const Settings = z.looseObject({ app: z.string(), context: z.record(z.string(), z.unknown()).default({}) });

const exampleSettings = 'settings.example.json';

/** Whatever the synthesized stack depends on, relative to the root. */
export const inputs = [
  'cdk.json',
  exampleSettings,
  'package-lock.json',
  'infra',
  'functions',
  'shared',
  'frontend',
];

/** Where the assembly for this machine lies: a folder of its own, since `cdk synth` and `cdk deploy` may use other settings. */
export const localAssembly = 'cdk.out/local';

/** The same with settings of one's own: tests and benches do not see these. */
const ownAssembly = 'cdk.out/local-own';

/** Settings for this machine alone, which git ignores; who has none runs on the examples. */
export const ownSettings = 'settings.local.json';

/** In the folder of an assembly with settings of one's own: what they were. */
const settingsUsed = 'settings-used.json';

/** The checkout whose bundles are compiled for our threads. */
const ownRoot = resolve(import.meta.dirname, '../../..');

const beside = new Set(['node_modules', 'dist', 'local', 'demo']);

/** The file of settings of one's own: the one that was named, else the usual one if it is there. The examples are nobody's own. */
export function settingsFile(root: string, named?: string): string | undefined {
  const file = named ?? ownSettings;
  if (file === exampleSettings) return undefined;
  if (statSync(resolve(root, file), { throwIfNoEntry: false })?.isFile()) return file;
  if (named === undefined) return undefined;
  throw new WrongLine(`--settings names a file with settings, got ${named}, which is no file`);
}

/**
 * Synthesizes the app of `cdk.json` into a folder for this machine, unless no input is newer than what is there; gives the folder.
 *
 * @param settings a file whose settings go before the examples
 */
export async function synthesize(root: string, settings?: string): Promise<string> {
  const folder = join(root, settings === undefined ? localAssembly : ownAssembly);
  const manifest = join(folder, 'manifest.json');
  const newest = Math.max(...inputs.map((name) => newestChange(join(root, name))));
  // By content: a file that was put in the place of another may be older than what was made of that.
  const used = join(folder, settingsUsed);
  const said = settings === undefined ? '' : readFileSync(resolve(root, settings), 'utf8');
  const isSame = settings === undefined || (existsSync(used) && readFileSync(used, 'utf8') === said);
  if (isSame && existsSync(manifest) && statSync(manifest).mtimeMs >= newest) return folder;
  // First, so that one that is stopped half-way is not taken for one with the settings of before.
  rmSync(used, { force: true });
  await run(root, folder, settings);
  if (settings !== undefined) writeFileSync(used, said);
  return folder;
}

/** Runs the app of `cdk.json`. */
async function run(root: string, folder: string, settings: string | undefined): Promise<void> {
  process.stderr.write(
    'Synthesizing the stack, which takes some ten seconds: it is new, or something it is made of has changed …\n',
  );
  const { app, context } = Settings.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));
  const child = spawn(`exec ${app}`, {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...processesCompiled,
      ...process.env,
      // The app must run on the Node that runs us, whichever comes first on the user's path.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      CDK_OUTDIR: folder,
      // What is only tried here need not pass the rules for a deployment, which take seconds; `cdk synth` checks them.
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'local-only': true, ...(settings && { settings }) }),
    },
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('exit', stop);
  if (code !== 0) throw new Error(`"${app}" failed, so there is nothing to start`);
  if (resolve(root) === ownRoot) forgetCompiled();
}

/** The last change below a path, in milliseconds; a folder changes when a file in it appears or goes. */
function newestChange(path: string): number {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  const names = readdirSync(path).filter((name) => !beside.has(name));
  return Math.max(status.mtimeMs, ...names.map((name) => newestChange(join(path, name))));
}
