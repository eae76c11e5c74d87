import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../../../shared/table/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { synthesized } from '../synthesized.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/operating.md'), 'utf8').replaceAll(
  '\\\n',
  ' ',
);

/** The words after an option of the page's command of this name. */
const optionOf = (command: string, option: string): string => {
  const [, line = ''] = new RegExp(`aws dynamodb ${command} (.*)`).exec(page) ?? [];
  return new RegExp(`--${option}(?: +([^ -]\\S*))?`).exec(line)?.[1] ?? '';
};
const saysTrue = (command: string, option: string): boolean =>
  new RegExp(`aws dynamodb ${command} .*--${option}( |$)`, 'm').test(page);
/** `A=true,B=x` as the AWS CLI reads it. */
const shorthand = (text: string): Record<string, unknown> =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name, value === 'true' ? true : value];
    }),
  );

describe('[F90] the commands of docs/operating.md that make a restored table whole', () => {
  let engine: Awaited<ReturnType<typeof startDynamoDb>>;
  let client: DynamoDBClient;
  const TableName = optionOf('update-table', 'table-name');
  beforeAll(async () => {
    engine = await startDynamoDb();
    client = new DynamoDBClient({});
    // As after a restore: without stream, protection and expiry.
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: table.partitionKey, KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: table.partitionKey, AttributeType: 'S' }],
      }),
    );
  });
  const variables = { ...process.env };
  afterAll(async () => {
    client.destroy();
    await engine.stop();
    // Others who run in this process ask no engine.
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
  });

  it('are taken by the engine, and the last shows the ARN of the stream', async () => {
    const StreamSpecification = shorthand(optionOf('update-table', 'stream-specification'));
    const DeletionProtectionEnabled = saysTrue('update-table', 'deletion-protection-enabled');
    await client.send(
      new UpdateTableCommand({
        TableName,
        DeletionProtectionEnabled,
        StreamSpecification: { StreamEnabled: false, ...StreamSpecification },
      }),
    );
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      DeletionProtectionEnabled: true,
      StreamSpecification: { StreamEnabled: true },
    });
    const [root, field = ''] = optionOf('describe-table', 'query').split('.');
    expect(root).toBe('Table');
    expect(Reflect.get(Table ?? {}, field)).toMatch(/^arn:aws:dynamodb:.*:table\/restored-1\/stream\/./);
  });

  it('switch on what the table of the stack has', async () => {
    const [own] = synthesized().ofType('AWS::DynamoDB::GlobalTable');
    const stream = shorthand(optionOf('update-table', 'stream-specification'));
    expect(own?.Properties.StreamSpecification).toEqual({ StreamViewType: stream.StreamViewType });
    expect(shorthand(optionOf('update-continuous-backups', 'point-in-time-recovery-specification'))).toEqual({
      PointInTimeRecoveryEnabled: true,
    });
    const expiry = shorthand(optionOf('update-time-to-live', 'time-to-live-specification'));
    expect(expiry).toEqual({ Enabled: true, AttributeName: table.ttl });
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { Enabled: true, AttributeName: String(expiry.AttributeName) },
      }),
    );
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: table.ttl });
  });
});
