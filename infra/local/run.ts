import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandArgs } from './cli/command-line.ts';
import { parseOptions, type RunOptions, usage } from './cli/options.ts';
import { toldOf } from './cli/run-command.ts';
import { ownSettings, settingsFile, synthesize } from './cli/synthesize.ts';
import { untilStopped } from './cli/until-stopped.ts';
import { watchInputs } from './cli/watch.ts';
import { startLocal } from './runner.ts';
import type { LocalSystem } from './system.ts';

type Welcome = (system: LocalSystem) => Promise<void>;

const root = process.cwd();

async function start(options: RunOptions, fresh: boolean): Promise<LocalSystem> {
  const system = await startLocal({
    assembly: await synthesize(root, settingsFile(root, options.settings)),
    data: options.data,
    port: options.port,
    ...(options.seed !== undefined && { seed: options.seed }),
    fresh,
  });
  // The product greets by itself: it knows what there is to try.
  const greeting = join(root, 'infra/demo/welcome.ts');
  try {
    if (existsSync(greeting)) {
      const { welcome } = (await import(pathToFileURL(greeting).href)) as { welcome: Welcome };
      await welcome(system);
    }
  } catch (error) {
    await system.stop();
    throw error;
  }
  void system.broken.then(die);
  process.stdout.write('ready\n');
  return system;
}

async function run(options: RunOptions): Promise<void> {
  const stopped = untilStopped();
  let system: Promise<LocalSystem | undefined> = start(options, options.fresh);
  // One start after another; while one fails, the last good system runs on, or nothing until the next change.
  const again = () => {
    system = system.catch(report).then(async (old) => {
      try {
        await synthesize(root, settingsFile(root, options.settings));
        await old?.stop();
        return await start(options, false);
      } catch (error) {
        report(error);
        return old;
      }
    });
  };
  const unwatch = options.watch ? watchInputs(root, again, options.settings ?? ownSettings) : () => undefined;
  await Promise.race([stopped, options.watch ? stopped : system.then(() => stopped)]);
  unwatch();
  await (await system)?.stop();
}

function report(error: unknown): undefined {
  process.stderr.write(`${toldOf(error, usage)}\n`);
  return undefined;
}

function die(error: Error): never {
  report(error);
  process.exit(1);
}

try {
  const options = parseOptions(commandArgs(usage), root);
  if (options.help) process.stdout.write(`${usage}\n`);
  else await run(options);
  process.exit(0);
} catch (error) {
  report(error);
  process.exit(1);
}
