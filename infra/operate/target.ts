import { resolve } from 'node:path';
import { WrongLine } from '../local/cli/wrong-line.ts';
import { awsTarget } from './aws-target.ts';
import { localTarget } from './local-target.ts';

/** A resource of the stack: its logical id, and how its service calls it (a queue's URL, a table's or bucket's name). */
export interface StackResource {
  readonly id: string;
  readonly type: string;
  readonly physical: string;
}

/** The services that operators' commands speak to, by the names that AWS SDKs use in their settings. */
export type ServiceName =
  | 'cloudformation'
  | 'cloudwatch'
  | 'dynamodb'
  | 'lambda'
  | 's3'
  | 'sesv2'
  | 'sns'
  | 'sqs'
  | 'sts';

/** What an SDK client is made with; empty on AWS, where the environment says it all. */
export interface ClientConfig {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The system that a command is to operate. */
export interface Target {
  readonly kind: 'local' | 'aws';
  /** The data folder, or the stack's name. */
  readonly name: string;
  /** The stack's outputs, such as `ApiOutput`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Its resources of one CloudFormation type. */
  resources(type: string): readonly StackResource[];
  clientConfig(service: ServiceName): ClientConfig;
}

/** How a command line names its target. */
export interface TargetOptions {
  /** The data folder of a local system. */
  readonly data?: string | undefined;
  /** The name of a stack in AWS; region and credentials come from the environment or `profile`. */
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** The options of `parseArgs` that name a target, the same for every command. */
export const targetArgs = {
  data: { type: 'string' },
  stack: { type: 'string' },
  region: { type: 'string' },
  profile: { type: 'string' },
} as const;

/** What the usage says of a system in AWS. */
export const awsUsage = `  --stack <name>     a system in AWS: the name of its stack (IncidentManagement, unless you changed it)
  --region <region>  of the stack (default: AWS_REGION, else that of the profile)
  --profile <name>   of your AWS credentials (default: AWS_PROFILE)`;

/** What the usage says of any system. */
export const targetUsage = `  --data <folder>    a system on this machine: where npm start keeps its data (default .local)
${awsUsage}`;

/** Throws an error in words when the options name no system, or two. */
export function checkTarget({ data, stack, region, profile }: TargetOptions): void {
  if (data !== undefined && stack !== undefined) {
    throw new WrongLine(
      `Got --data ${data} and --stack ${stack}. Name one system: --data for one on this machine, --stack for one in AWS.`,
    );
  }
  if (stack === undefined && (region !== undefined || profile !== undefined)) {
    throw new WrongLine(
      'Got --region or --profile without --stack. They belong to a system in AWS; add --stack <name>.',
    );
  }
}

/** The options that name the same system, for the end of a command that somebody is to type; in the folder of this command. */
export const sameTarget = ({ data, stack, region, profile }: TargetOptions): string =>
  Object.entries({ data, stack, region, profile })
    .map(([name, value]) => (value === undefined ? '' : ` --${name} ${inShell(value)}`))
    .join('');

const inShell = (word: string): string =>
  /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** The physical name of the one resource of this type whose logical id is this and the eight digits that CDK adds. */
export function oneOf(target: Target, type: string, id: string): string {
  const found = target.resources(type).filter((resource) => resource.id.replace(/[0-9A-F]{8}$/, '') === id);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.physical;
  throw new Error(
    `${target.name} has ${found.length} resources ${id} of type ${type}, expected one. Is it this system?`,
  );
}

/** Finds the system to operate. Throws one error that says what was got, what is allowed and what to do. */
export async function findTarget(options: TargetOptions): Promise<Target> {
  checkTarget(options);
  const { data, stack, region, profile } = options;
  return stack === undefined ? localTarget(resolve(data ?? '.local')) : awsTarget({ stack, region, profile });
}
