import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type MovingClock, movingClock } from './clock.ts';
import type { Core } from './core.ts';
import { describe, describedIn } from './described.ts';
import { startEngines } from './engines/engines.ts';
import { checkOwn, forget } from './forget.ts';
import { portsFor } from './kept-ports.ts';
import { lockData } from './lock.ts';
import { startOwnApis } from './own-apis.ts';
import type { Between } from './proxy/fault.ts';
import { resourceKinds } from './resources/index.ts';
import { startAll } from './start-order.ts';
import { openCheckpoints } from './streams/checkpoints.ts';
import type { LocalSystem } from './system.ts';
import { loadTemplate } from './template.ts';
import { createWorld } from './world.ts';

/** How a local system is started. */
export interface LocalOptions extends Between {
  /** The cloud assembly folder that CDK synthesized (`cdk.out`). */
  readonly assembly: string;
  /** The folder with everything that survives a restart. */
  readonly data: string;
  /** Port of the REST API; other doors follow. 0, the default, gives every door a free port. */
  readonly port?: number;
  /** Forgets what an earlier run left in the data folder. */
  readonly fresh?: boolean;
  /** Says nothing on the terminal. */
  readonly quiet?: boolean;
  /** Environments of one function at once, where the template reserves no number; by default what the cores can use. */
  readonly concurrency?: number;
  /** Hears of each invocation as it begins, by the logical id of its function; for counting what is billed. */
  readonly invoked?: (id: string) => void;
  /** Schedules that are not to run, by the beginning of their logical ids. */
  readonly paused?: readonly string[];
  /** Decides in which order pollers hand on what may come in any; a start without one draws and prints its own. */
  readonly seed?: number;
  /** Where an Amazon Bedrock answers; by default one of an account that has access to no model. */
  readonly models?: string;
  /** A clock of the caller's, for instance of a run that was killed; else real time. */
  readonly clock?: MovingClock;
}

/** Starts what a synthesized stack describes, on this machine. */
export async function startLocal(options: LocalOptions): Promise<LocalSystem> {
  const clock = options.clock ?? movingClock();
  const template = loadTemplate(options.assembly, resourceKinds);
  checkOwn(options.data);
  const lock = lockData(options.data);
  const undo: (() => Promise<void> | void)[] = [() => lock.release()];
  const stop = async () => {
    for (const one of undo.splice(0).reverse()) await one();
  };
  try {
    if (options.fresh) forget(options.data);
    // A run that was killed left its own.
    await rm(describedIn(options.data), { force: true });
    const checkpoints = openCheckpoints(join(options.data, 'checkpoints.json'));
    undo.push(() => checkpoints.stop());
    const { account } = template;
    const engines = await startEngines({ ...options, account, clock, consumed: checkpoints.consumed() });
    undo.push(() => engines.stop());
    const ports = await portsFor(options.data, template.known, options.port ?? 0);
    const late: { core?: Core } = {};
    const own = await startOwnApis(() => late.core);
    undo.push(() => own.stop());
    const ground = { ...options, clock, template, engines, ports, checkpoints, lambda: own.lambda };
    const world = await createWorld(ground);
    undo.push(() => world.stop());
    late.core = world.core;
    const startables = template.known.map(({ kind, declared }) => ({
      kind,
      resource: world.core.find<Record<string, unknown>>(declared.id),
    }));
    const running = await startAll(startables, world.core);
    undo.push(() => running.stop());
    const environment = { ...world.system.environment, ...own.environment };
    const system = { ...world.system, environment };
    const resources = startables.map(({ resource }) => resource);
    const described = await describe(system, resources);
    undo.push(() => described.stop());
    return { ...system, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
