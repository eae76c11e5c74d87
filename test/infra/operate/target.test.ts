import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type ResourceStatus,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { lockData } from '../../../infra/local/lock.ts';
import { findTarget, sameTarget } from '../../../infra/operate/target.ts';

it('the same system is named again in a command as it was named in this one', () => {
  expect(sameTarget({})).toBe('');
  expect(sameTarget({ data: "my team's data" })).toBe(String.raw` --data 'my team'\''s data'`);
  expect(sameTarget({ stack: 'X', region: 'eu-central-1', profile: 'ops' })).toBe(
    ' --stack X --region eu-central-1 --profile ops',
  );
});

describe('a system on this machine', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'target-'));
  });
  afterEach(() => rmSync(data, { recursive: true }));
  /** A runner has the folder, and has written this. */
  const describes = (text: string) => {
    const lock = lockData(data);
    onTestFinished(() => lock.release());
    writeFileSync(join(data, 'system.json'), text);
    return lock;
  };
  const runs = (description: unknown) => describes(JSON.stringify(description));

  it('is found by its data folder', async () => {
    runs({
      outputs: { ApiOutput: 'http://127.0.0.1:4000/live' },
      environment: { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:5' },
      resources: [{ id: 'Queue0123ABCD', type: 'AWS::SQS::Queue', ref: 'https://sqs/queue' }],
    });
    const target = await findTarget({ data });
    expect(target).toMatchObject({ kind: 'local', outputs: { ApiOutput: 'http://127.0.0.1:4000/live' } });
    expect(target.resources('AWS::SQS::Queue')).toEqual([
      { id: 'Queue0123ABCD', type: 'AWS::SQS::Queue', physical: 'https://sqs/queue' },
    ]);
    expect(target.resources('AWS::S3::Bucket')).toEqual([]);
    expect(target.clientConfig('sqs')).toMatchObject({ region: 'us-east-1', endpoint: 'http://127.0.0.1:5' });
  });

  it('says which services there are only in AWS', async () => {
    runs({ outputs: {}, environment: {}, resources: [] });
    const target = await findTarget({ data });
    expect(() => target.clientConfig('cloudwatch')).toThrow('There is no cloudwatch on this machine');
  });

  const notRunning = () =>
    `No system runs on ${data}. Start one with npm start and wait until it says ready; if it runs on another folder, name that by --data; for one in AWS give --stack <name>.`;

  it('that does not run says how to start it', async () =>
    await expect(findTarget({ data })).rejects.toThrow(notRunning()));

  it('that was killed does not run, although it left its description', async () => {
    runs({ outputs: {}, environment: {}, resources: [] }).release();
    await expect(findTarget({ data })).rejects.toThrow(notRunning());
  });

  it.each([['{"outputs":'], ['[]'], ['{"outputs":{},"environment":{},"resources":[{"id":1}]}']])(
    'whose description is damaged says so: %s',
    async (text) => {
      describes(text);
      await expect(findTarget({ data })).rejects.toThrow('is not what npm start writes');
    },
  );
});

describe('a system in AWS', () => {
  const cloudFormation = mockClient(CloudFormationClient);
  beforeEach(() => {
    cloudFormation.reset();
  });

  it('is its stack, with all pages of the resources that it still has', async () => {
    cloudFormation.on(DescribeStacksCommand, { StackName: 'Mine' }).resolves({
      Stacks: [
        {
          StackName: 'Mine',
          CreationTime: new Date(0),
          StackStatus: 'CREATE_COMPLETE',
          Outputs: [{ OutputKey: 'ApiOutput', OutputValue: 'https://api' }],
        },
      ],
    });
    const row = (LogicalResourceId: string, ResourceStatus: ResourceStatus = 'CREATE_COMPLETE') => ({
      LogicalResourceId,
      ResourceType: 'AWS::SQS::Queue',
      PhysicalResourceId: `https://sqs/${LogicalResourceId}`,
      LastUpdatedTimestamp: new Date(0),
      ResourceStatus,
    });
    cloudFormation
      .on(ListStackResourcesCommand, { StackName: 'Mine' })
      .resolves({ StackResourceSummaries: [row('A')], NextToken: 'more' })
      .on(ListStackResourcesCommand, { StackName: 'Mine', NextToken: 'more' })
      .resolves({
        StackResourceSummaries: [row('B'), row('C', 'DELETE_SKIPPED'), row('D', 'DELETE_COMPLETE')],
      });
    const target = await findTarget({ stack: 'Mine', region: 'eu-central-1' });
    expect(target).toMatchObject({ kind: 'aws', name: 'Mine', outputs: { ApiOutput: 'https://api' } });
    expect(target.resources('AWS::SQS::Queue').map(({ physical }) => physical)).toEqual([
      'https://sqs/A',
      'https://sqs/B',
    ]);
    expect(target.clientConfig('sqs')).toEqual({ region: 'eu-central-1' });
  });

  it('that is not there says what to check', async () => {
    cloudFormation.on(DescribeStacksCommand).rejects(new Error('Stack with id Gone does not exist'));
    await expect(findTarget({ stack: 'Gone', region: 'eu-central-1' })).rejects.toThrow(
      'The stack Gone cannot be read in eu-central-1: Stack with id Gone does not exist. Check the name (npx cdk list), --region and your credentials',
    );
  });

  it('where no region is chosen says how to choose one', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    cloudFormation.on(DescribeStacksCommand).rejects(new Error('Region is missing'));
    await expect(findTarget({ stack: 'Mine' })).rejects.toThrow(
      'No region is chosen, so the stack Mine cannot be looked for (Region is missing). Add --region <region>',
    );
  });

  it('cannot be one on this machine too', async () => {
    await expect(findTarget({ stack: 'Mine', data: '.local' })).rejects.toThrow('Name one system');
    await expect(findTarget({ region: 'eu-central-1' })).rejects.toThrow('add --stack <name>');
  });
});
