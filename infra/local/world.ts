import { createActivity } from './activity.ts';
import type { MovingClock } from './clock.ts';
import type { Core, Reader } from './core.ts';
import { type Directory, directory } from './directory.ts';
import type { RunningEngines } from './engines/engines.ts';
import type { Faults } from './engines/fault-proxy.ts';
import { fastForwardTo } from './fast-forward.ts';
import { type FunctionHost, startFunctionHost } from './lambda/host.ts';
import { quiet } from './quiet.ts';
import { createRecurrences } from './recurrences.ts';
import type { Checkpoints } from './streams/checkpoints.ts';
import type { LocalSystem } from './system.ts';
import type { Template } from './template.ts';
import { awsVariables } from './variables.ts';

/** Everything that is known before the first resource starts. */
export interface Ground {
  readonly data: string;
  readonly quiet?: boolean;
  readonly faults?: Faults;
  readonly clock: MovingClock;
  readonly template: Template;
  readonly engines: RunningEngines;
  readonly ports: ReadonlyMap<string, number>;
  readonly checkpoints: Checkpoints;
}

/** The world of the resources, and the system that its user sees. */
export interface LocalWorld {
  readonly core: Core;
  readonly system: Omit<LocalSystem, 'stop'>;
  stop(): Promise<void>;
}

/** Resolves the template against the ports and engines, and puts the parts of the runner together. */
export async function createWorld(ground: Ground): Promise<LocalWorld> {
  const { clock, template, engines, data, checkpoints, faults } = ground;
  const { account } = template;
  const log = (line: string) => {
    if (ground.quiet !== true) process.stderr.write(`${line}\n`);
  };
  const activity = createActivity();
  const host = await startFunctionHost({
    data,
    clock,
    account,
    engines: engines.addresses,
    activity,
    faults,
    log,
  });
  const { outputs, ...found } = resolveAll(ground, host);
  const recurrences = createRecurrences(clock, (error) => log(`A schedule failed: ${String(error)}`));
  const readers: Reader[] = [];
  const watchedQueues = new Set<string>();
  const rest = () => quiet({ activity, readers, queues: engines.queues, watchedQueues });
  const moveTo = (instant: number) =>
    fastForwardTo(instant, { clock, queues: engines.queues, recurrences, quiet: rest });
  const shared = { ...found, data, engines: engines.addresses, functions: host.functions };
  return {
    core: {
      ...{ ...shared, account, clock, log, checkpoints, asset: template.asset, busy: activity.busy },
      ...{ tables: engines.tables, queues: engines.queues, secrets: engines.secrets, expired: new Map() },
      watchQueue: (name) => watchedQueues.add(name),
      addReader: (reader) => readers.push(reader),
      addRecurring: recurrences.add,
    },
    system: {
      ...{ ...shared, outputs, environment: awsVariables(account, engines.addresses) },
      clock: {
        ...{ now: clock.now, shared: clock.shared, fastForwardTo: moveTo },
        fastForward: (milliseconds) => moveTo(clock.now() + milliseconds),
      },
      idle: async () => void (await rest()),
      broken: engines.died,
    },
    async stop() {
      recurrences.stop();
      await host.stop();
    },
  };
}

function resolveAll(
  { template, ports }: Ground,
  { engines }: FunctionHost,
): Directory & { readonly outputs: Readonly<Record<string, string>> } {
  const { account, known } = template;
  const { port } = directory([], ports);
  const { resources, outputs } = template.resolve([
    ...known.flatMap(({ kind, declared }) => kind.addresses?.(declared, account, port) ?? []),
    [`https://sqs.${account.region}.${account.suffix}/`, `${engines.sqs}/`],
  ]);
  return { ...directory(resources, ports), outputs };
}
