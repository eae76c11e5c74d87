import { join } from 'node:path';
import type { Activity } from '../activity.ts';
import type { Clock } from '../clock.ts';
import { type Border, startBorder } from '../proxy/border.ts';
import type { Between } from '../proxy/fault.ts';
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
  /** Where functions reach the API of Lambda. */
  readonly lambda: string;
  /** Hears of each invocation as it begins, by the logical id of its function. */
  readonly invoked?: (id: string) => void;
  log(line: string): void;
}

/** The functions with their logs, and the engines as functions reach them. */
export interface FunctionHost {
  readonly functions: LocalFunctions;
  /** What stands between them and the engines. */
  readonly border: Border;
  stop(): Promise<void>;
}

/** An invocation that runs when the system stops may take this long to end, in milliseconds. */
const lastChance = 500;

/** Puts up everything that functions need; none is defined yet. */
export async function startFunctionHost(options: HostOptions): Promise<FunctionHost> {
  const { data, clock, account, activity } = options;
  const folder = join(data, 'logs');
  const logs = createLogFiles(folder);
  const border = await startBorder({ ...options, crash: (caller) => functions.crash(caller) });
  const functions = createFunctions({
    clock,
    variables: { ...functionVariables(account, border.engines), AWS_ENDPOINT_URL_LAMBDA: options.lambda },
    busy: activity.busy,
    ...(options.invoked && { invoked: options.invoked }),
    ...(options.starting && { starting: options.starting }),
    log: ({ id }, text) => logs.write(id, text),
    failed({ id }, { errorType, errorMessage, trace = [] }, expected) {
      logs.write(id, `${[`${errorType}: ${errorMessage}`, ...trace].join('\n')}\n`);
      if (expected) return;
      options.log(`${id} failed: ${errorType}: ${errorMessage} (see ${join(folder, `${id}.log`)})`);
    },
  });
  return {
    functions,
    border,
    async stop() {
      await Promise.race([
        activity.none(),
        new Promise((resolve) => setTimeout(resolve, lastChance).unref()),
      ]);
      await functions.stop();
      await border.stop();
      await logs.stop();
    },
  };
}
