import type { Need } from '../../iam/need.ts';
import type { Engines } from '../../resource.ts';
import type { EngineCall } from '../call.ts';
import { bedrockNeeds } from './bedrock.ts';
import { dynamoDbNeeds, type Tables } from './dynamodb.ts';
import { s3Needs } from './s3.ts';
import { secretNeeds } from './secrets.ts';
import { sesNeeds } from './ses.ts';
import { snsNeeds } from './sns.ts';
import { sqsNeeds } from './sqs.ts';
import { ssmNeeds } from './ssm.ts';

/** What of the template says which permissions calls need. */
export interface Resources extends Tables {
  readonly secrets: readonly string[];
}

/** All permissions that a call to an engine needs. */
export function needsOf(
  service: keyof Engines,
  { operation, body }: Pick<EngineCall, 'operation' | 'body'>,
  resources: Resources,
): readonly Need[] {
  switch (service) {
    case 'dynamodb':
      return dynamoDbNeeds(operation, body, resources);
    case 'sqs':
      return sqsNeeds(operation, body, resources.account);
    case 'ses':
      return sesNeeds(operation, body, resources.account);
    case 'sns':
      return snsNeeds(operation, body);
    case 'secrets':
      return secretNeeds(operation, body, resources.secrets);
    case 'ssm':
      return ssmNeeds(operation, body, resources.account);
    case 'bedrock':
      return bedrockNeeds(operation, body, resources.account);
    case 's3':
      return s3Needs(operation);
  }
}
