import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { setting } from '../settings.ts';
import { unlogged } from '../unlogged.ts';
import { tableRetries } from './retry-strategy.ts';

/** One client per environment: its connections stay open between events. */
export const client = DynamoDBDocumentClient.from(
  unlogged(
    new DynamoDBClient({
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
      retryStrategy: tableRetries(),
    }),
  ),
  { marshallOptions: { removeUndefinedValues: true } },
);

/** The name of the single table. */
export const tableName = (): string => setting('table');
