import * as sockets from '@aws-sdk/client-apigatewaymanagementapi';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as ses from '@aws-sdk/client-ses';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { clientFor, commands, DynamoDBClient, packageNames, type SdkOptions, type Send } from './clients.ts';

export type { SdkOptions, Send, ServiceName } from './clients.ts';
export { noAnswer } from './retry.ts';

/** What is the same for all: the commands, and the SDK's own exceptions, since what engines throw is what functions compare with. */
const fixed: Readonly<Record<string, object>> = {
  '@aws-sdk/client-dynamodb': { ...exceptionsOf(dynamodb), DynamoDBClient },
  '@aws-sdk/lib-dynamodb': commands['@aws-sdk/lib-dynamodb'],
  '@aws-sdk/client-sqs': { ...exceptionsOf(sqs), ...commands['@aws-sdk/client-sqs'] },
  '@aws-sdk/client-ses': { ...exceptionsOf(ses), ...commands['@aws-sdk/client-ses'] },
  '@aws-sdk/client-sns': { ...exceptionsOf(sns), ...commands['@aws-sdk/client-sns'] },
  '@aws-sdk/client-apigatewaymanagementapi': {
    ...exceptionsOf(sockets),
    ...commands['@aws-sdk/client-apigatewaymanagementapi'],
  },
  '@aws-sdk/client-secrets-manager': {
    ...exceptionsOf(secrets),
    ...commands['@aws-sdk/client-secrets-manager'],
  },
  '@aws-sdk/client-ssm': { ...exceptionsOf(ssm), ...commands['@aws-sdk/client-ssm'] },
};

/**
 * The modules of the SDK by package name, whose clients hand every try of every call to `send`. Light enough to be made anew for
 * each environment: a module has its own client and inherits what is the same for all.
 */
export function sdkFor(send: Send, options: SdkOptions = {}): Readonly<Record<string, object>> {
  const modules: Record<string, object> = { ...fixed };
  for (const name of packageNames) {
    let made: object | undefined;
    // Few functions ask for all of them.
    Object.defineProperty(modules, name, {
      get: () => {
        made ??= Object.assign(Object.create(fixed[name] ?? null), clientFor(name, send, options)) as object;
        return made;
      },
    });
  }
  return modules;
}

/** Service exceptions are the classes of a module that make errors. */
function exceptionsOf(module: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(module).filter(
      ([, value]) => typeof value === 'function' && value.prototype instanceof Error,
    ),
  );
}
