import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type LocalOptions, startLocal } from '../../../infra/local/runner.ts';
import type { LocalSystem } from '../../../infra/local/system.ts';
import { shortLived } from '../memory.ts';
import { synthesizeSample } from './synthesize.ts';

type Item = Record<string, unknown> & { readonly pk: string; readonly sk: string };

/** The sample stack, running, with clients for its table and queues. */
export interface Sample {
  readonly system: LocalSystem;
  readonly table: string;
  readonly documents: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  /** All items under a partition key, in order. */
  items(pk: string): Promise<readonly Item[]>;
  stop(): Promise<void>;
}

/** An empty folder, and what removes it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(shortLived(), 'local-runner-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the sample stack over a folder. */
export async function startSample(data: string, options: Partial<LocalOptions> = {}): Promise<Sample> {
  const system = await startLocal({ assembly: synthesizeSample(), data, quiet: true, ...options });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const settings = (endpoint: string) => ({ region: 'us-east-1', credentials, endpoint });
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(settings(system.engines.dynamodb)));
  const sqs = new SQSClient(settings(system.engines.sqs));
  const table = system.find('Table').identity.ref;
  return {
    ...{ system, table, documents, sqs },
    async items(pk) {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
        }),
      );
      return Items as Item[];
    },
    async stop() {
      documents.destroy();
      sqs.destroy();
      await system.stop();
    },
  };
}
