import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { incidentNames } from '../../../infra/operate/incident-names.ts';
import type { StackResource, Target } from '../../../infra/operate/target.ts';

const table = { id: 'Table1', type: 'AWS::DynamoDB::GlobalTable', physical: 'events' };
const detect = { id: 'DetectFunction1', type: 'AWS::Lambda::Function', physical: 'detect' };
const system = (kind: Target['kind'], ...resources: readonly StackResource[]): Target => ({
  kind,
  name: 'x',
  outputs: {},
  resources: (type) => resources.filter((one) => one.type === type),
  clientConfig: () => ({ region: 'eu-central-1' }),
});
const ids = { org: 'org_1', incident: 'inc_2' };

describe('the names of incidents', () => {
  const dynamodb = mockClient(DynamoDBClient);
  const lambda = mockClient(LambdaClient);
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  beforeEach(() => {
    dynamodb.reset();
    lambda.reset();
    told.length = 0;
    dynamodb.on(GetItemCommand).resolves({ Item: { number: { N: '12' } } });
  });
  const asked = () => dynamodb.commandCalls(GetItemCommand).map(({ args }) => args[0].input.TableName);

  it('are read in the table of the stack, each once', async () => {
    const names = incidentNames(system('aws', table, detect), tell);
    expect(await Promise.all([names.of(ids), names.of(ids)])).toEqual(['INC-12', 'INC-12']);
    expect(asked()).toEqual(['events']);
  });

  it('are read in a restored table too, which only the functions know', async () => {
    lambda
      .on(GetFunctionConfigurationCommand, { FunctionName: 'detect' })
      .resolves({ Environment: { Variables: { TABLE_NAME: 'restored-1' } } });
    expect(await incidentNames(system('aws', detect), tell).of(ids)).toBe('INC-12');
    expect(asked()).toEqual(['restored-1']);
  });

  it('are not known of incidents that are not there, nor without a table', async () => {
    expect(await incidentNames(system('local', detect), tell).of(ids)).toBeUndefined();
    dynamodb.on(GetItemCommand).resolves({});
    expect(await incidentNames(system('aws', table), tell).of(ids)).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('that cannot be read stop nothing, and the reason is told once', async () => {
    dynamodb.on(GetItemCommand).rejects(new Error('may not'));
    const names = incidentNames(system('aws', table), tell);
    expect(await names.of(ids)).toBeUndefined();
    expect(await names.of({ ...ids, incident: 'inc_3' })).toBeUndefined();
    expect(told).toEqual(['incidents are shown by id alone: may not']);
  });
});
