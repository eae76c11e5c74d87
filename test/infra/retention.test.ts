import { beforeAll, describe, expect, test } from 'vitest';
import { table } from '../../shared/table/index.ts';
import { type Declared, type Made, synthesized } from './synthesized.ts';

const holdsData = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
  'AWS::Logs::LogGroup',
];

let kept: Made;
let trial: Made;
beforeAll(() => {
  kept = synthesized();
  trial = synthesized({ trial: true });
});

const only = (declared: readonly Declared[]) => {
  expect(declared).toHaveLength(1);
  return declared[0]?.Properties ?? {};
};

describe('[F89] when the stack is deleted', () => {
  test.each(holdsData)('%s stays', (type) => {
    const declared = kept.ofType(type);
    expect(declared.length).toBeGreaterThan(0);
    for (const { id, DeletionPolicy } of declared) expect(DeletionPolicy, id).toBe('Retain');
  });

  test('it refuses in the first place: stack, table and user pool are protected', () => {
    expect(kept.stack.terminationProtection).toBe(true);
    expect(only(kept.ofType('AWS::DynamoDB::GlobalTable'))).toMatchObject({
      Replicas: [{ DeletionProtectionEnabled: true }],
    });
    expect(only(kept.ofType('AWS::Cognito::UserPool'))).toMatchObject({ DeletionProtection: 'ACTIVE' });
  });

  test('nothing is emptied', () => {
    expect(kept.ofType('Custom::S3AutoDeleteObjects')).toEqual([]);
  });
});

describe('when a trial is destroyed', () => {
  test('nothing is left', () => {
    expect(trial.stack.terminationProtection).toBe(false);
    const staying = trial.resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');
    expect(staying.map(({ id }) => id)).toEqual([]);
    for (const type of holdsData) {
      for (const { id, DeletionPolicy } of trial.ofType(type)) expect(DeletionPolicy, id).toBe('Delete');
    }
    expect(only(trial.ofType('AWS::DynamoDB::GlobalTable'))).toMatchObject({
      Replicas: [{ DeletionProtectionEnabled: false }],
    });
  });

  test('its buckets are emptied first', () => {
    const emptied = trial.ofType('Custom::S3AutoDeleteObjects');
    expect(emptied).toHaveLength(trial.ofType('AWS::S3::Bucket').length);
  });
});

describe('the table', () => {
  test('is on demand, can be restored to any second, and sends each new image to its stream', () => {
    expect(only(kept.ofType('AWS::DynamoDB::GlobalTable'))).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    });
  });

  test('has the keys and the indexes of shared/table, and no other', () => {
    const keys = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' },
      { AttributeName: range, KeyType: 'RANGE' },
    ];
    const own = only(kept.ofType('AWS::DynamoDB::GlobalTable'));
    expect(own.KeySchema).toEqual(keys(table.partitionKey, table.sortKey));
    expect(own.GlobalSecondaryIndexes).toEqual(
      table.indexes.map(({ name, partitionKey, sortKey, projection }) => ({
        IndexName: name,
        KeySchema: keys(partitionKey, sortKey),
        Projection: { ProjectionType: projection },
      })),
    );
  });
});
