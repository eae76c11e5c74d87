import type { Clock } from './clock.ts';
import type { MayByRole } from './iam/roles.ts';
import type { MayInvoke } from './invocations.ts';
import type { Ending } from './proxy/befall.ts';
import type { Passing } from './proxy/passage.ts';

/** A resource as the template declares it; only what needs no other resource is resolved. */
export interface Declared {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What `Ref` and `Fn::GetAtt` give for a resource; known before anything starts. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A resource with all intrinsic functions resolved and AWS addresses translated to local ones. */
export interface Resource<Properties = Record<string, unknown>> {
  readonly id: string;
  readonly type: string;
  readonly identity: Identity;
  readonly properties: Properties;
}

/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>;
}

/** Lower phases start first and stop last. */
export const phases = [
  'secret',
  'store',
  'queue',
  'content',
  'function',
  'door',
  'reader',
  'schedule',
] as const;
export type Phase = (typeof phases)[number];

/** How authorizers tell that a caller is not let in: the gateway takes this message as an answer, any other as a fault. */
export const refusal = 'Unauthorized';

/** Invokes the Lambda function with this logical id, ARN or name; the payloads are JSON values. */
export interface Functions {
  /** @param expected the message of an error that is nobody's fault, so that the terminal does not tell of it */
  invoke(function_: string, event: unknown, expected?: string): Promise<InvocationResult>;
}

/** How one invocation ended, as Lambda's Invoke API tells it. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace?: readonly string[];
    };

/** Endpoints of the engines that speak AWS's protocols, as http://127.0.0.1:port without a trailing slash. */
export interface Engines {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly ses: string;
  /** Text messages to telephones; topics it has none. */
  readonly sns: string;
  readonly secrets: string;
  readonly ssm: string;
  readonly bedrock: string;
}

/** What a running resource may use of the world around it. */
export interface World {
  readonly account: { readonly id: string; readonly region: string; readonly suffix: string };
  readonly clock: Clock;
  readonly engines: Engines;
  readonly functions: Functions;
  /** All resources of one type, resolved. */
  all<Properties>(type: string): readonly Resource<Properties>[];
  /** The resource with this logical id. */
  find<Properties>(id: string): Resource<Properties>;
  /** The folder of a file asset, by the object key (`<hash>.zip`) or hash that the template names. */
  asset(objectKey: string): string;
  /** Puts AWS addresses in a text, or in all texts of a value, into local ones; for texts that are complete only at run time. */
  translate<Value>(value: Value): Value;
  /** Where a resource is declared: type, logical id, construct path and, if known, the line of the source. */
  place(id: string): string;
  /** Whether the role of a function, by its ARN, allows an action on a resource at all. */
  may(functionArn: string, action: string, resource: string): boolean;
  /** Whether a service may invoke a function, by its ARN, for a resource of its own. */
  mayInvoke: MayInvoke;
  /** Whether a service may do something by a role that it takes, whatever the function's own policy says. */
  mayByRole: MayByRole;
  /** Lets a call pass what stands before every call: who signed it, its role, the faults of a test, the count. */
  pass(passing: Passing): Promise<Ending>;
  /** The local port that was set aside for a door (REST API, socket API, static site, sign-in) of this logical id. */
  port(id: string): number;
  /** Where the runner keeps what must survive a restart. */
  readonly data: string;
  /** Counts work that is under way, so that the clock moves only when nothing is. */
  busy<T>(work: () => Promise<T>): Promise<T>;
  log(line: string): void;
}

/** One kind of CloudFormation resource, as the runner knows it. */
export interface ResourceKind<Properties = Record<string, unknown>> {
  readonly type: string;
  readonly phase: Phase;
  /** A pure function of the declaration and the account. */
  identity(declared: Declared, account: World['account']): Identity;
  /** Pairs of an AWS address and the local one that replaces it in every resolved string. */
  addresses?(
    declared: Declared,
    account: World['account'],
    port: (id: string) => number,
  ): readonly (readonly [aws: string, local: string])[];
  /**
   * Why its address must not change, in words that follow "Port 4000 is"; it then keeps its port for as long as the data folder
   * lives. Undefined where any port will do.
   */
  keepsPort?(declared: Declared): string | undefined;
  start?(resource: Resource<Properties>, world: World): Promise<Running | undefined>;
}
