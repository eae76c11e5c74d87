import { movingClock } from '../../infra/local/clock.ts';
import type { Identity, InvocationResult, Resource, World } from '../../infra/local/resource.ts';

/** A function of a fake world: gets the event, returns the payload, throws to fail as a function fails. */
export type FakeFunction = (event: Record<string, unknown>) => unknown;

/** A world whose clock a test moves and whose log it reads. */
export interface FakeWorld extends World {
  /** Moves the clock of this world by so many milliseconds. */
  move(ms: number): void;
  readonly lines: string[];
}

/** What a fake world is made of. */
export interface FakeParts {
  readonly resources?: readonly Resource[];
  readonly functions?: Readonly<Record<string, FakeFunction>>;
  readonly engines?: Partial<World['engines']>;
  readonly assets?: Readonly<Record<string, string>>;
  readonly ports?: Readonly<Record<string, number>>;
  readonly data?: string;
}

const account = { id: '123456789012', region: 'eu-central-1', suffix: 'amazonaws.com' };

/** The ARN of a function of a fake world. */
export const fakeArn = (name: string) => `arn:aws:lambda:${account.region}:${account.id}:function:${name}`;

/** The URI by which a gateway names a function. */
export const fakeUri = (name: string) =>
  `arn:aws:apigateway:${account.region}:lambda:path/2015-03-31/functions/${fakeArn(name)}/invocations`;

/** A resolved resource made by hand. */
export function made(
  id: string,
  type: string,
  properties: Record<string, unknown>,
  identity: Partial<Identity> = {},
): Resource {
  return {
    id,
    type,
    properties,
    identity: { ref: identity.ref ?? id, attributes: identity.attributes ?? {} },
  };
}

const noEngines = { dynamodb: '', sqs: '', s3: '', ses: '', sns: '', secrets: '', ssm: '', bedrock: '' };

/** A world made by hand: functions are plain functions, the clock stands on the real time plus what was moved. */
export function fakeWorld({
  resources = [],
  functions = {},
  engines = {},
  assets = {},
  ports = {},
  data = '',
}: FakeParts): FakeWorld {
  const clock = movingClock();
  const lines: string[] = [];
  return {
    account,
    clock,
    engines: { ...noEngines, ...engines },
    functions: { invoke: (arn, event) => invoke(functions, arn, event) },
    all: <Properties>(type: string) =>
      resources.filter((one) => one.type === type) as unknown as Resource<Properties>[],
    find: <Properties>(id: string) => found(resources, id) as unknown as Resource<Properties>,
    place: (id) => id,
    may: () => true,
    mayByRole: () => true,
    mayInvoke: () => true,
    pass: ({ asked, doing }) => doing(asked),
    asset: (key) => assets[key] ?? '',
    translate: (value) => value,
    port: (id) => ports[id] ?? 0,
    data,
    busy: (work) => work(),
    log: (line) => lines.push(line),
    move: clock.move,
    lines,
  };
}

function found(resources: readonly Resource[], id: string): Resource {
  const resource = resources.find((one) => one.id === id);
  if (!resource) throw new Error(`no resource ${id} in this world`);
  return resource;
}

async function invoke(
  functions: Readonly<Record<string, FakeFunction>>,
  arn: string,
  event: unknown,
): Promise<InvocationResult> {
  const name = arn.split(':').at(-1) ?? '';
  try {
    const answer = await functions[name]?.(JSON.parse(JSON.stringify(event)) as Record<string, unknown>);
    return { ok: true, payload: answer === undefined ? null : JSON.parse(JSON.stringify(answer)) };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    return { ok: false, errorType, errorMessage, trace: [(error as Error).stack ?? ''] };
  }
}
