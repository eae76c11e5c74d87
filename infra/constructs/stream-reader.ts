import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { EventTable } from './event-table.ts';
import type { NodeFunction } from './node-function.ts';

export interface StreamReaderProps {
  readonly source: EventTable;
  readonly reader: NodeFunction;
  /** Attributes of the new image and the value that each must have. */
  readonly where: Readonly<Record<string, string>>;
  /** Receives what could not be handled, whole. */
  readonly undelivered: Bucket;
}

/** Lets a function read the table's stream. A shard serves two readers, so the stack has exactly two of these. */
export class StreamReader extends Construct {
  constructor(scope: Construct, id: string, { source, reader, where, undelivered }: StreamReaderProps) {
    super(scope, id);
    const image = Object.entries(where).map(([name, value]) => [name, { S: FilterRule.isEqual(value) }]);
    const mapping = new EventSourceMapping(this, 'Mapping', {
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
    mapping.node.addDependency(...this.permissions(source, reader, undelivered));
  }

  private permissions(source: EventTable, reader: NodeFunction, undelivered: Bucket) {
    const statements = [
      new PolicyStatement({
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [source.streamArn],
      }),
      new PolicyStatement({
        actions: ['dynamodb:ListStreams'],
        resources: [`${source.table.tableArn}/stream/*`],
      }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [undelivered.bucketArn] }),
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [undelivered.arnForObjects('*')] }),
    ];
    return statements.flatMap((statement) => {
      const { policyDependable } = reader.role.addToPrincipalPolicy(statement);
      return policyDependable === undefined ? [] : [policyDependable];
    });
  }
}
