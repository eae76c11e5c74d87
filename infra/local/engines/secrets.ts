import * as z from 'zod';
import { type JsonAnswer, privateFile, startJsonEngine } from './json-engine.ts';

/** A small Secrets Manager: secrets are made once and read by id or ARN. */
export interface SecretEngine {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
  /** Keeps the value made by `make` under this ARN, unless there is one already. */
  define(arn: string, make: () => string): void;
  stop(): Promise<void>;
}

const Stored = z.record(z.string(), z.string());
const Input = z.looseObject({ SecretId: z.string() });

/** Starts the secret engine over one file, readable by its owner only. */
export async function startSecrets(file: string): Promise<SecretEngine> {
  // What was signed with them would count no more, so secrets cannot be made anew.
  const { content: values, save } = privateFile(file, Stored, { none: {}, what: 'secrets' });
  const engine = await startJsonEngine('InvalidRequestException', (operation, input) =>
    answerTo(operation, input, values),
  );
  return {
    ...engine,
    define(arn, make) {
      if (arn in values) return;
      values[arn] = make();
      save();
    },
  };
}

function answerTo(operation: string, input: unknown, values: Readonly<Record<string, string>>): JsonAnswer {
  if (operation !== 'GetSecretValue') {
    return {
      __type: 'InvalidRequestException',
      message: `The local runner has no operation ${operation} of Secrets Manager`,
    };
  }
  const { SecretId: id } = Input.parse(input);
  const arn = Object.keys(values).find((one) => one === id || nameOf(one) === id);
  if (arn === undefined)
    return {
      __type: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    };
  return {
    ARN: arn,
    Name: nameOf(arn),
    SecretString: values[arn],
    VersionId: 'local',
    VersionStages: ['AWSCURRENT'],
  };
}

function nameOf(arn: string): string {
  return (arn.split(':')[6] ?? '').replace(/-[A-Za-z0-9]{6}$/, '');
}
