import { join } from 'node:path';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  Architecture,
  Code,
  type EventSourceMappingOptions,
  FilterCriteria,
  FilterRule,
  Function as Lambda,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';

const app = new App();
const stack = new Stack(app, 'Sample');
const code = Code.fromAsset(join(import.meta.dirname, 'functions'));

const table = new TableV2(stack, 'Table', {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  sortKey: { name: 'sk', type: AttributeType.STRING },
  billing: Billing.onDemand(),
  timeToLiveAttribute: 'ttl',
  dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
  removalPolicy: RemovalPolicy.DESTROY,
});
const failures = new Bucket(stack, 'Failures');
const secret = new Secret(stack, 'Secret', {
  generateSecretString: { passwordLength: 40, excludePunctuation: true },
});
const dead = new Queue(stack, 'Dead', { retentionPeriod: Duration.days(14) });
const work = new Queue(stack, 'Work', {
  visibilityTimeout: Duration.seconds(60),
  deadLetterQueue: { queue: dead, maxReceiveCount: 3 },
});

const make = (id: string, file: string, environment: Record<string, string> = {}) => {
  const made = new Lambda(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code,
    handler: `${file}.handler`,
    timeout: Duration.seconds(10),
    memorySize: 256,
    environment: { TABLE: table.tableName, WORK: work.queueUrl, SECRET: secret.secretArn, ...environment },
  });
  table.grant(made, 'dynamodb:PutItem');
  return made;
};

const worker = make('Worker', 'worker/worker');
worker.addEventSource(new SqsEventSource(work, { batchSize: 10, reportBatchItemFailures: true }));

const read = (reader: Lambda, options: EventSourceMappingOptions) => {
  table.grantStreamRead(reader);
  return reader.addEventSourceMapping('Stream', {
    startingPosition: StartingPosition.TRIM_HORIZON,
    supportS3OnFailureDestination: true,
    ...(table.tableStreamArn !== undefined && { eventSourceArn: table.tableStreamArn }),
    ...options,
  });
};

const mirror = make('Mirror', 'mirror');
failures.grantPut(mirror);
read(mirror, {
  batchSize: 10,
  bisectBatchOnError: true,
  retryAttempts: 2,
  onFailure: { bind: () => ({ destination: failures.bucketArn }) },
  filters: [FilterCriteria.filter({ dynamodb: { NewImage: { kind: { S: FilterRule.isEqual('fact') } } } })],
});
read(make('Janitor', 'janitor'), {
  filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('REMOVE') })],
});

const sweep = make('Sweep', 'sweep');
new Rule(stack, 'EveryMinute', {
  schedule: Schedule.rate(Duration.minutes(1)),
  targets: [new LambdaFunction(sweep)],
});

make('Odd', 'odd');

app.synth();
