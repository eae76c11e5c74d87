import type { Role } from '../iam/role.ts';
import { rolesOf } from '../iam/roles.ts';
import type { Engines, World } from '../resource.ts';
import type { Caller } from './caller.ts';
import type { Between } from './fault.ts';
import { needsOf, type Resources } from './needs/index.ts';
import { Passage } from './passage.ts';
import { startProxy } from './proxy.ts';
import { type TableShape, tablesOf } from './tables.ts';
import { toolRoles } from './tools.ts';

/** One action that a role allows on one resource. */
export interface Permission {
  /** Logical id. */
  readonly function: string;
  /** `dynamodb:PutItem arn:…`, with the resource as the policy names it. */
  readonly leave: string;
  readonly isUsed: boolean;
}

/** What stands between all functions and all engines. */
export interface Border {
  /** The engines as functions and tools reach them. */
  readonly engines: Engines;
  readonly passage: Passage;
  /** Tells the border what the resolved template allows; until then nothing is. Throws on what it does not evaluate. */
  learn(world: Learned): void;
  /** The role of a function, by its logical id. */
  role(function_: string): Role | undefined;
  permissions(): readonly Permission[];
  stop(): Promise<void>;
}

/** The resolved template, and the tables that lie in the engine already. */
export interface Learned extends Pick<World, 'all' | 'account' | 'place'> {
  readonly stored: ReadonlyMap<string, TableShape>;
}

/** What the border needs of the system around it. */
export interface BorderOptions extends Between {
  readonly engines: Engines;
  crash(caller: Caller): void;
  log(line: string): void;
}

/** Puts a proxy before each engine. */
export async function startBorder(options: BorderOptions): Promise<Border> {
  const { faults, observe, engines, crash, log } = options;
  let roles: ReadonlyMap<string, Role> = new Map();
  let resources: Resources = { shapes: new Map(), account: { id: '', region: '' }, secrets: [] };
  let tools: ReadonlyMap<string, Role> = new Map();
  const role = (id: string) => roles.get(id);
  const tool = (key: string) => tools.get(key);
  const between = { ...(faults && { faults }), ...(observe && { observe }) };
  const passage = new Passage({ ...between, role, tool, crash, log });
  const proxies = await Promise.all(
    (Object.keys(engines) as (keyof Engines)[]).map(async (service) => {
      const needs = (call: Parameters<typeof needsOf>[1]) => needsOf(service, call, resources);
      return [service, await startProxy({ service, engine: engines[service], passage, needs })] as const;
    }),
  );
  return {
    engines: Object.fromEntries(proxies.map(([name, { address }]) => [name, address])) as unknown as Engines,
    passage,
    role,
    permissions: () =>
      [...roles].flatMap(([id, one]) =>
        [...one.granted].map((leave) => ({ function: id, leave, isUsed: one.used.has(leave) })),
      ),
    learn(world) {
      const secrets = world.all('AWS::SecretsManager::Secret').map(({ identity }) => identity.ref);
      resources = { shapes: new Map([...world.stored, ...tablesOf(world)]), account: world.account, secrets };
      roles = rolesOf(world);
      tools = toolRoles(world.account);
    },
    stop: async () => void (await Promise.all(proxies.map(([, proxy]) => proxy.stop()))),
  };
}
