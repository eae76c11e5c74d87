import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { EventTable } from './event-table.ts';
import type { NodeFunction } from './node-function.ts';

interface StreamReaderProps {
  readonly source: EventTable;
  readonly reader: NodeFunction;
  /** Attributes of the new image and the value that each must have. */
  readonly where: Readonly<Record<string, string>>;
  /** Receives what could not be handled, whole. */
  readonly undelivered: IBucket;
}

/** Lets a function read the table's stream. A shard serves two readers, so the stack has exactly two of these. */
export class StreamReader extends Construct {
  constructor(scope: Construct, id: string, { source, reader, where, undelivered }: StreamReaderProps) {
    super(scope, id);
    const image = Object.entries(where).map(([name, value]) => [name, { S: FilterRule.isEqual(value) }]);
    new EventSourceMapping(this, 'Mapping', {
      target: reader.lambda,
      eventSourceArn: source.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      retryAttempts: 5,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      batchSize: 100,
      filters: [FilterCriteria.filter({ dynamodb: { NewImage: Object.fromEntries(image) } })],
      supportS3OnFailureDestination: true,
      onFailure: { bind: () => ({ destination: undelivered.bucketArn }) },
    });
    grantReading(source, reader, undelivered);
  }
}

function grantReading(source: EventTable, { role }: NodeFunction, undelivered: IBucket): void {
  const allow = (actions: string[], resource: string) =>
    role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
  allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], source.streamArn);
  allow(['dynamodb:ListStreams'], `${source.table.tableArn}/stream/*`);
  allow(['s3:ListBucket'], undelivered.bucketArn);
  allow(['s3:PutObject'], undelivered.arnForObjects('*'));
}
