import { randomInt } from 'node:crypto';
import { createActivity } from './activity.ts';
import type { MovingClock } from './clock.ts';
import type { Core } from './core.ts';
import { type Directory, directory } from './directory.ts';
import type { RunningEngines } from './engines/engines.ts';
import { eventBus } from './events/bus.ts';
import { usefulConcurrency } from './lambda/definition.ts';
import { type FunctionHost, startFunctionHost } from './lambda/host.ts';
import { type Permitted, permittedBy } from './permitted.ts';
import type { Learned } from './proxy/border.ts';
import type { Between } from './proxy/fault.ts';
import { storedTables } from './proxy/tables.ts';
import type { World } from './resource.ts';
import { seededShuffle } from './shuffle.ts';
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
  readonly invoked?: (id: string) => void;
  readonly paused?: readonly string[];
  readonly seed?: number;
  readonly clock: MovingClock;
  readonly template: Template;
  readonly engines: RunningEngines;
  readonly ports: ReadonlyMap<string, number>;
  readonly checkpoints: Checkpoints;
  /** Where functions reach the API of Lambda. */
  readonly lambda: string;
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
  const { outputs, ...found } = await readOrStop(ground, host);
  const time = new Time(ground, activity, (error) => log(`A schedule failed: ${String(error)}`));
  const shared = { ...found, data, ...addresses, functions: host.functions };
  const { border } = host;
  return {
    core: {
      ...{ ...shared, account, clock, log, concurrency, checkpoints },
      ...{ asset: template.asset, busy: activity.busy, paused: ground.paused ?? [] },
      ...{ tables: engines.tables, queues: engines.queues, secrets: engines.secrets, expired: new Map() },
      bus: eventBus(),
      shuffle: seededShuffle(seedOf(ground, log)),
      watchQueue: (name) => time.watchedQueues.add(name),
      addReader: (reader) => time.readers.push(reader),
      addRecurring: (recurring) => time.recurrences.add(recurring),
    },
    system: {
      ...{ ...shared, outputs, environment: awsVariables(account, border.engines), broken: engines.died },
      clock: time.forUsers(),
      calls: () => border.passage.tally.counts(),
      refused: () => [...border.passage.refused],
      permissions: () => border.permissions(),
      idle: async () => void (await time.quiet()),
    },
    async stop() {
      time.recurrences.stop();
      await host.stop();
    },
  };
}

function seedOf({ seed = randomInt(2 ** 31) }: Ground, log: (line: string) => void): number {
  log(
    `Messages of queues and streams come in a random order, since AWS promises none; to have this order again, start with --seed ${seed}`,
  );
  return seed;
}

const logger =
  ({ quiet }: Ground) =>
  (line: string) => {
    if (quiet !== true) process.stderr.write(`${line}\n`);
  };

/** What is known of the template once everything in it has an address. */
interface Found extends Directory, Permitted, Pick<World, 'place' | 'translate'> {
  readonly outputs: Readonly<Record<string, string>>;
}

/** A template that says what nobody here understands starts nothing, so nothing of it may go on. */
async function readOrStop(ground: Ground, host: FunctionHost): Promise<Found> {
  try {
    const { engines, template } = ground;
    const stored = await storedTables(engines.addresses.dynamodb, template.account);
    return readAll(ground, host, stored);
  } catch (error) {
    await host.stop();
    throw error;
  }
}

function readAll({ template, ports }: Ground, { border }: FunctionHost, stored: Learned['stored']): Found {
  const { account, known } = template;
  const { port } = directory([], ports);
  const pairs: readonly AddressPair[] = [
    ...known.flatMap(({ kind, declared }) => kind.addresses?.(declared, account, port) ?? []),
    [`https://sqs.${account.region}.${account.suffix}/`, `${border.engines.sqs}/`],
  ];
  const { resources, outputs } = template.resolve(pairs);
  const found = { ...directory(resources, ports), outputs, place: template.place };
  return { ...found, translate: translator(pairs), ...permittedBy({ ...found, account, stored }, border) };
}
