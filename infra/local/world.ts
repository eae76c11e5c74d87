import { join } from 'node:path';
import { createActivity } from './activity.ts';
import type { MovingClock } from './clock.ts';
import type { Core, Reader } from './core.ts';
import type { RunningEngines } from './engines/engines.ts';
import { fastForwardTo } from './fast-forward.ts';
import { createFunctions } from './lambda/functions.ts';
import { createLogFiles } from './lambda/log-files.ts';
import { quiet } from './quiet.ts';
import { createRecurrences } from './recurrences.ts';
import type { Resource } from './resource.ts';
import type { Checkpoints } from './streams/checkpoints.ts';
import type { LocalSystem } from './system.ts';
import type { Template } from './template.ts';
import { awsVariables, functionVariables } from './variables.ts';

/** Everything that is known before the first resource starts. */
export interface Ground {
  readonly data: string;
  readonly quiet?: boolean;
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
export function createWorld(ground: Ground): LocalWorld {
  const { clock, template, engines, data, checkpoints } = ground;
  const { account } = template;
  const port = portOf(ground.ports);
  const { resources, outputs } = template.resolve([
    ...template.known.flatMap(({ kind, declared }) => kind.addresses?.(declared, account, port) ?? []),
    [`https://sqs.${account.region}.${account.suffix}/`, `${engines.addresses.sqs}/`],
  ]);
  const find = finder(resources);
  const all = <Properties>(type: string) =>
    resources.filter((one) => one.type === type) as Resource<Properties>[];
  const log = (line: string) => {
    if (ground.quiet !== true) process.stderr.write(`${line}\n`);
  };
  const activity = createActivity();
  const logs = createLogFiles(join(data, 'logs'));
  const functions = createFunctions({
    clock,
    variables: functionVariables(account, engines.addresses),
    busy: activity.busy,
    log: (definition, text) => logs.write(definition.id, text),
    failed: (definition, { errorType, errorMessage, trace = [] }) => {
      logs.write(definition.id, `${[`${errorType}: ${errorMessage}`, ...trace].join('\n')}\n`);
      log(
        `${definition.id} failed: ${errorType}: ${errorMessage} (see ${join(data, 'logs', `${definition.id}.log`)})`,
      );
    },
  });
  const recurrences = createRecurrences(clock, (error) => log(`A schedule failed: ${String(error)}`));
  const readers: Reader[] = [];
  const watchedQueues = new Set<string>();
  const rest = () => quiet({ activity, readers, queues: engines.queues, watchedQueues });
  const moveTo = (instant: number) =>
    fastForwardTo(instant, { clock, queues: engines.queues, recurrences, quiet: rest });
  return {
    core: {
      ...{ account, clock, engines: engines.addresses, functions, all, find, port, data, log, checkpoints },
      asset: template.asset,
      busy: activity.busy,
      tables: engines.tables,
      queues: engines.queues,
      secrets: engines.secrets,
      expired: new Set(),
      watchQueue: (name) => watchedQueues.add(name),
      addReader: (reader) => readers.push(reader),
      addRecurring: recurrences.add,
    },
    system: {
      clock: {
        now: clock.now,
        shared: clock.shared,
        fastForward: (milliseconds) => moveTo(clock.now() + milliseconds),
        fastForwardTo: moveTo,
      },
      ...{ engines: engines.addresses, functions, outputs, data, all, find, port },
      environment: awsVariables(account, engines.addresses),
      idle: async () => void (await rest()),
    },
    async stop() {
      recurrences.stop();
      await functions.stop();
      await logs.stop();
    },
  };
}

function portOf(ports: ReadonlyMap<string, number>): (id: string) => number {
  return (id) => {
    const port = ports.get(id);
    if (port === undefined) throw new Error(`No port is set aside for ${id}`);
    return port;
  };
}

function finder(resources: readonly Resource[]): <Properties>(id: string) => Resource<Properties> {
  return <Properties>(id: string) => {
    const exact = resources.find((one) => one.id === id);
    const similar = exact ? [exact] : resources.filter((one) => one.id.startsWith(id));
    const [only] = similar;
    if (only !== undefined && similar.length === 1) return only as Resource<Properties>;
    throw new Error(`${similar.length} resources begin with ${id}, expected one`);
  };
}
