import { ATTEMPTS, type RetryStrategy, trying, tryingTimes } from './retry.ts';

/** The AWS services that functions speak to. */
export type ServiceName = 'dynamodb' | 'sqs' | 'ses' | 'sockets' | 'secrets' | 'ssm' | 'sns';

/** Does one try of one call. `operation` is the command's class name without `Command`. */
export type Send = (service: ServiceName, operation: string, input: unknown) => Promise<unknown>;

/** What a light SDK may be told. */
export interface SdkOptions {
  /** A new text for a transaction's ClientRequestToken, which no other transaction has. */
  readonly token?: () => string;
}

class Command {
  /** The name of the class without `Command`. */
  readonly operation: string = '';
  readonly input: object;
  constructor(input: object) {
    this.input = input;
  }
}

/** By package: the service, the name of its client, and the operations that functions and tests ask for. */
const packages = {
  '@aws-sdk/lib-dynamodb': {
    service: 'dynamodb',
    client: 'DynamoDBDocumentClient',
    operations: ['Get', 'BatchGet', 'Query', 'Scan', 'Put', 'Update', 'Delete', 'TransactWrite'],
  },
  '@aws-sdk/client-sqs': {
    service: 'sqs',
    client: 'SQSClient',
    operations: [
      'SendMessage',
      'SendMessageBatch',
      'ReceiveMessage',
      'DeleteMessage',
      'DeleteMessageBatch',
      'ChangeMessageVisibility',
      'GetQueueAttributes',
    ],
  },
  '@aws-sdk/client-ses': {
    service: 'ses',
    client: 'SESClient',
    operations: ['SendEmail', 'GetSendQuota', 'VerifyEmailIdentity', 'GetIdentityVerificationAttributes'],
  },
  '@aws-sdk/client-sns': { service: 'sns', client: 'SNSClient', operations: ['Publish'] },
  '@aws-sdk/client-apigatewaymanagementapi': {
    service: 'sockets',
    client: 'ApiGatewayManagementApiClient',
    operations: ['PostToConnection', 'DeleteConnection'],
  },
  '@aws-sdk/client-secrets-manager': {
    service: 'secrets',
    client: 'SecretsManagerClient',
    operations: ['GetSecretValue'],
  },
  '@aws-sdk/client-ssm': {
    service: 'ssm',
    client: 'SSMClient',
    operations: ['GetParameter', 'PutParameter', 'DeleteParameter'],
  },
} as const;

/** The packages that are spoken to through `send`. */
export type PackageName = keyof typeof packages;

export const packageNames = Object.keys(packages) as readonly PackageName[];

/** The command classes by package, each of which is its name and its input. */
export const commands = Object.fromEntries(
  Object.entries(packages).map(([name, { operations }]) => [
    name,
    Object.fromEntries(operations.map((operation) => [`${operation}Command`, commandClass(operation)])),
  ]),
) as Readonly<Record<PackageName, Readonly<Record<string, typeof Command>>>>;

function commandClass(operation: string): typeof Command {
  const named = class extends Command {
    override readonly operation = operation;
  };
  Object.defineProperty(named, 'name', { value: `${operation}Command` });
  return named;
}

/** The client of a package under its name, over `send`. */
export function clientFor(name: PackageName, send: Send, options: SdkOptions = {}): Record<string, unknown> {
  const { service, client } = packages[name];
  return { [client]: clientClass(service, send, options) };
}

interface Configuration {
  readonly maxAttempts?: number;
  readonly retryStrategy?: RetryStrategy;
}

/** Where a client's calls go. */
interface Line {
  readonly service: ServiceName;
  readonly send: Send;
  readonly token: () => string;
}

/** None of these takes more steps to a call than the call. */
const middlewareStack = { remove: () => false };

class Client {
  readonly middlewareStack = middlewareStack;
  readonly #line: Line;
  readonly #attempts: number;
  readonly #strategy: RetryStrategy | undefined;

  constructor(line: Line, { maxAttempts = ATTEMPTS, retryStrategy }: Configuration = {}) {
    this.#line = line;
    this.#attempts = maxAttempts;
    this.#strategy = retryStrategy;
  }

  /** Tries as often as the SDK would, or as its own strategy says. */
  send({ operation, input: asked }: Command): Promise<unknown> {
    const { service, send, token } = this.#line;
    // The SDK names a transaction once, so that its second try does nothing more.
    const input = operation === 'TransactWrite' ? { ClientRequestToken: token(), ...asked } : asked;
    const call = () => send(service, operation, input);
    return this.#strategy ? trying(call, this.#strategy) : tryingTimes(call, this.#attempts);
  }

  destroy(): void {}
}

/** Makes clients of one class, whoever asks: a class for each environment would be slow to make and slow to call. */
function clientClass(service: ServiceName, send: Send, { token = newToken }: SdkOptions) {
  const line = { service, send, token };
  const made = (configuration?: Configuration) => new Client(line, configuration);
  return Object.assign(
    function Made(configuration?: Configuration) {
      return made(configuration);
    },
    {
      /** As the document client is made from the plain one. */
      from: (plain: { readonly configuration?: Configuration }) => made(plain.configuration),
    },
  );
}

const newToken = (): string => crypto.randomUUID();

/** The plain DynamoDB client keeps only what it was configured with, for the document client made from it. */
export class DynamoDBClient {
  readonly middlewareStack = middlewareStack;
  readonly configuration: Configuration;
  constructor(configuration: Configuration = {}) {
    this.configuration = configuration;
  }
  destroy(): void {}
}
