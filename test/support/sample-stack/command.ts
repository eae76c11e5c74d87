import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { localAssembly } from '../../../infra/local/cli/synthesize.ts';
import { synthesizeSample } from './synthesize.ts';

const runner = join(import.meta.dirname, '../../../infra/local/run.ts');

/** What the sample's greeting prints. */
export interface Greeting {
  readonly sqs: string;
  readonly dynamodb: string;
  readonly queue: string;
  readonly table: string;
}

/** The command behind `npm start`, running over the sample stack. */
export interface Command {
  readonly child: ChildProcess;
  readonly greeting: Greeting;
  /** All lines of the standard output so far. */
  readonly lines: readonly string[];
  /** The error output so far. */
  complaint(): string;
  /** Resolves as soon as a line has been printed so many times. */
  count(line: string, times: number): Promise<void>;
  readonly exit: Promise<unknown>;
}

/** Makes a folder look like a project: settings, a synthesized app, and a greeting that prints where things are. */
export function makeProject(root: string): void {
  writeFileSync(join(root, 'cdk.json'), JSON.stringify({ app: 'false' }));
  mkdirSync(join(root, 'infra/demo'), { recursive: true });
  writeFileSync(
    join(root, 'infra/demo/welcome.ts'),
    `export async function welcome({ engines, find }: any): Promise<void> {
       const [queue, table] = ['Work', 'Table'].map((id) => find(id).identity.ref);
       console.log(JSON.stringify({ ...engines, queue, table }));
     }`,
  );
  cpSync(synthesizeSample(), join(root, localAssembly), { recursive: true });
}

/** Starts the command in a project, directly or below a shell as npm does, and waits until it is ready. */
export async function startCommand(
  root: string,
  args: readonly string[] = [],
  shell = false,
): Promise<Command> {
  const command = [process.execPath, runner, '--port', '0', ...args];
  const child = shell
    ? spawn('/bin/sh', ['-c', '"$@" & wait', 'sh', ...command], {
        cwd: root,
        env: { ...process.env, npm_lifecycle_event: 'start' },
      })
    : spawn(command[0] ?? '', command.slice(1), { cwd: root });
  const exit = once(child, 'exit');
  let complaint = '';
  child.stderr.on('data', (part: Buffer) => {
    complaint += part.toString();
  });
  const lines: string[] = [];
  const waiting: { line: string; times: number; done: () => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const one of waiting)
      if (lines.filter((other) => other === one.line).length >= one.times) one.done();
  });
  const count = (line: string, times: number) =>
    new Promise<void>((done) => waiting.push({ line, times, done }));
  const ready = Promise.withResolvers<void>();
  void count('ready', 1).then(ready.resolve);
  child.once('exit', () => ready.reject(new Error(complaint)));
  await ready.promise;
  return {
    ...{ child, lines, exit, count, complaint: () => complaint },
    greeting: JSON.parse(lines.at(-2) ?? '{}') as Greeting,
  };
}

/** The processes of this machine whose command line contains a text. */
export function processesWith(text: string): string[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(text));
}
