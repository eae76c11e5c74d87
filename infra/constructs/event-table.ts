import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { table } from '../../shared/table/index.ts';
import type { Retention } from './retention.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

interface EventTableProps {
  readonly keep: Retention;
  /** The ARN of the stream of a restored table, which is then used in place of one of the stack's own. */
  readonly restored?: string | undefined;
}

/** The single table with its stream and the generic indexes, as shared/table describes it. */
export class EventTable extends Construct {
  readonly table: ITableV2;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, { keep, restored }: EventTableProps) {
    super(scope, id);
    this.table = restored === undefined ? this.#made(keep) : this.#found(restored);
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error('The table has no stream');
    this.streamArn = tableStreamArn;
  }

  #made(keep: Retention): ITableV2 {
    const made = new TableV2(this, 'Table', {
      partitionKey: text(table.partitionKey),
      sortKey: text(table.sortKey),
      timeToLiveAttribute: table.ttl,
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_IMAGE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: keep.guarded,
      removalPolicy: keep.removal,
      globalSecondaryIndexes: table.indexes.map(({ name, partitionKey, sortKey, projection }) => ({
        indexName: name,
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
        projectionType: ProjectionType[projection],
      })),
    });
    // The CDK writes its optional properties as `T | undefined`, which exactOptionalPropertyTypes tells apart.
    return made as ITableV2;
  }

  /** A table that was restored from a backup: nobody but its owner makes, changes or deletes it. */
  #found(streamArn: string): ITableV2 {
    return TableV2.fromTableAttributes(this, 'Restored', {
      tableArn: tableOfStream(streamArn),
      tableStreamArn: streamArn,
      globalIndexes: table.indexes.map(({ name }) => name),
    });
  }
}

/** The ARN of the table that a stream is of. */
export function tableOfStream(streamArn: string): string {
  return streamArn.replace(/\/stream\/.*$/, '');
}
