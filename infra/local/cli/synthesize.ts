import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import * as z from 'zod';
import { forgetCompiled, processesCompiled } from '../compile-cache.ts';

const Settings = z.looseObject({ app: z.string(), context: z.record(z.string(), z.unknown()).default({}) });

/** Whatever the synthesized stack depends on, relative to the root. */
export const inputs = [
  'cdk.json',
  'settings.example.json',
  'package-lock.json',
  'infra',
  'functions',
  'shared',
  'frontend',
];

/** Where the assembly for this machine lies: a folder of its own, since `cdk synth` and `cdk deploy` may use other settings. */
export const localAssembly = 'cdk.out/local';

const beside = new Set(['node_modules', 'dist', 'local', 'demo']);

/** Synthesizes the app of `cdk.json` into a folder for this machine, unless no input is newer than what is there; gives the folder. */
export async function synthesize(root: string): Promise<string> {
  const folder = join(root, localAssembly);
  const manifest = join(folder, 'manifest.json');
  const newest = Math.max(...inputs.map((name) => newestChange(join(root, name))));
  if (existsSync(manifest) && statSync(manifest).mtimeMs >= newest) return folder;
  process.stderr.write('Synthesizing the stack; the first time takes some ten seconds …\n');
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
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'local-only': true }),
    },
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('exit', stop);
  if (code !== 0) throw new Error(`"${app}" failed, so there is nothing to start`);
  forgetCompiled();
  return folder;
}

/** The last change below a path, in milliseconds; a folder changes when a file in it appears or goes. */
function newestChange(path: string): number {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  const names = readdirSync(path).filter((name) => !beside.has(name));
  return Math.max(status.mtimeMs, ...names.map((name) => newestChange(join(path, name))));
}
