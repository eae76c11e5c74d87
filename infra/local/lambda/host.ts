import { join } from 'node:path';
import type { Activity } from '../activity.ts';
import type { Clock } from '../clock.ts';
import { type Between, startFaultProxy } from '../engines/fault-proxy.ts';
import type { Engines, World } from '../resource.ts';
import { functionVariables } from '../variables.ts';
import { createFunctions, type LocalFunctions } from './functions.ts';
import { createLogFiles } from './log-files.ts';

/** What the functions of a local system are given. */
export interface HostOptions extends Between {
  readonly data: string;
  readonly clock: Clock;
  readonly account: World['account'];
  readonly engines: Engines;
  readonly activity: Activity;
  log(line: string): void;
}

/** The functions with their logs, and the engines as functions reach them. */
export interface FunctionHost {
  readonly functions: LocalFunctions;
  readonly engines: Engines;
  stop(): Promise<void>;
}

/** An invocation that runs when the system stops may take this long to end, in milliseconds. */
const lastChance = 500;

/** Puts up everything that functions need; none is defined yet. */
export async function startFunctionHost(options: HostOptions): Promise<FunctionHost> {
  const { data, clock, account, activity } = options;
  const watched = options.faults !== undefined || options.observe !== undefined;
  const folder = join(data, 'logs');
  const logs = createLogFiles(folder);
  const names = Object.keys(options.engines) as (keyof Engines)[];
  const proxies = await Promise.all(
    names.map(async (name) => {
      if (!watched) return { name, address: options.engines[name], stop: async () => undefined };
      const crash = (id: string) => functions.crash(id);
      return { name, ...(await startFaultProxy(name, options.engines[name], options, crash)) };
    }),
  );
  const engines = Object.fromEntries(
    proxies.map(({ name, address }) => [name, address]),
  ) as unknown as Engines;
  const functions = createFunctions({
    clock,
    variables: functionVariables(account, engines),
    busy: activity.busy,
    log: ({ id }, text) => logs.write(id, text),
    failed({ id }, { errorType, errorMessage, trace = [] }, expected) {
      logs.write(id, `${[`${errorType}: ${errorMessage}`, ...trace].join('\n')}\n`);
      if (expected) return;
      options.log(`${id} failed: ${errorType}: ${errorMessage} (see ${join(folder, `${id}.log`)})`);
    },
  });
  return {
    functions,
    engines,
    async stop() {
      await Promise.race([
        activity.none(),
        new Promise((resolve) => setTimeout(resolve, lastChance).unref()),
      ]);
      await functions.stop();
      await Promise.all(proxies.map((proxy) => proxy.stop()));
      await logs.stop();
    },
  };
}
