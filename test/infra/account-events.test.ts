import { beforeAll, describe, expect, test } from 'vitest';
import { type Made, references, synthesized } from './synthesized.ts';

let made: Made;
let taker = '';
beforeAll(() => {
  made = synthesized();
  const all = made.ofType('AWS::Lambda::Function');
  taker = all.find(({ Properties: own }) => own.Handler === 'TakeEvents.handler')?.id ?? '';
});

describe('the events of the account', () => {
  test('of alarms, deployments and stacks go to one function, which EventBridge tries to start for a day', () => {
    const waiting = made
      .ofType('AWS::Events::Rule')
      .filter(({ Properties: own }) => own.EventPattern !== undefined);
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.Properties).toMatchObject({
      EventPattern: {
        source: ['aws.cloudwatch', 'aws.codedeploy', 'aws.cloudformation'],
        'detail-type': [
          'CloudWatch Alarm State Change',
          'CodeDeploy Deployment State-change Notification',
          'CloudFormation Stack Status Change',
        ],
      },
      State: 'ENABLED',
      Targets: [{ RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 } }],
    });
    expect(references(waiting[0]?.Properties.Targets)).toContain(taker);
  });

  test('are tried twice more when that fails, and then lie in a bucket that an alarm looks at', () => {
    const own = made
      .ofType('AWS::Lambda::EventInvokeConfig')
      .find(({ Properties }) => references(Properties.FunctionName).includes(taker));
    expect(own?.Properties).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 });
    const [bucket] = references(own?.Properties.DestinationConfig);
    expect(bucket).toMatch(/^StoresUndelivered/);
    const watching = made
      .ofType('AWS::CloudWatch::Alarm')
      .find(({ id }) => id.startsWith('AlarmsRecordsGivenUp'));
    expect(references(watching?.Properties)).toContain(bucket);
  });

  test('that are given up may be written by the function, as Lambda does it in its name', () => {
    const role = made.ofType('AWS::IAM::Role').find(({ id }) => id.startsWith('TakeEventsRole'));
    const said = JSON.stringify(role?.Properties);
    expect(said).toContain('s3:PutObject');
    expect(said).toContain('s3:ListBucket');
  });
});
