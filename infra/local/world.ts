import { createActivity } from './activity.ts';
import type { MovingClock } from './clock.ts';
import type { Core } from './core.ts';
import { type Directory, directory } from './directory.ts';
import type { RunningEngines } from './engines/engines.ts';
import type { Between } from './engines/fault-proxy.ts';
import { usefulConcurrency } from './lambda/definition.ts';
import { type FunctionHost, startFunctionHost } from './lambda/host.ts';
import type { Checkpoints } from './streams/checkpoints.ts';
import type { LocalSystem } from './system.ts';
import { type AddressPair, translator } from './template/translate.ts';
import type { Template } from './template.ts';
import { Time } from './time.ts';
import { awsVariables } from './variables.ts';

/** Everything that is known before the first resource starts. */
export interface Ground extends Between {
  readonly data: string;
  readonly quiet?: boolean;
  readonly concurrency?: number;
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
  const { clock, template, engines, data, checkpoints, concurrency = usefulConcurrency } = ground;
  const { account } = template;
  const log = logger(ground);
  const activity = createActivity();
  const addresses = { engines: engines.addresses };
  const host = await startFunctionHost({ ...ground, account, ...addresses, activity, log });
  const { outputs, translate, ...found } = resolveAll(ground, host);
  const time = new Time(ground, activity, (error) => log(`A schedule failed: ${String(error)}`));
  const shared = { ...found, data, ...addresses, functions: host.functions };
  return {
    core: {
      ...{
        ...shared,
        account,
        clock,
        log,
        concurrency,
        checkpoints,
        asset: template.asset,
        busy: activity.busy,
        translate,
      },
      ...{ tables: engines.tables, queues: engines.queues, secrets: engines.secrets, expired: new Map() },
      watchQueue: (name) => time.watchedQueues.add(name),
      addReader: (reader) => time.readers.push(reader),
      addRecurring: (recurring) => time.recurrences.add(recurring),
    },
    system: {
      ...{ ...shared, outputs, environment: awsVariables(account, engines.addresses), broken: engines.died },
      clock: time.forUsers(),
      idle: async () => void (await time.quiet()),
    },
    async stop() {
      time.recurrences.stop();
      await host.stop();
    },
  };
}

const logger =
  ({ quiet }: Ground) =>
  (line: string) => {
    if (quiet !== true) process.stderr.write(`${line}\n`);
  };

function resolveAll(
  { template, ports }: Ground,
  { engines }: FunctionHost,
): Directory & {
  readonly outputs: Readonly<Record<string, string>>;
  readonly translate: <Value>(value: Value) => Value;
} {
  const { account, known } = template;
  const { port } = directory([], ports);
  const pairs: readonly AddressPair[] = [
    ...known.flatMap(({ kind, declared }) => kind.addresses?.(declared, account, port) ?? []),
    [`https://sqs.${account.region}.${account.suffix}/`, `${engines.sqs}/`],
  ];
  const { resources, outputs } = template.resolve(pairs);
  return { ...directory(resources, ports), outputs, translate: translator(pairs) };
}
