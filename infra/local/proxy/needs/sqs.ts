import { type Need, plainNeed } from '../../iam/need.ts';

/** Of the bodies of SQS's operations, what names the queue. */
interface Asked {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  /** Of tasks that move messages. */
  readonly SourceArn?: string;
}

/** The permission that a call to SQS needs: batches need that of the single operation. */
export function sqsNeeds(
  operation: string,
  body: string,
  { region, id }: { readonly region: string; readonly id: string },
): readonly Need[] {
  const { QueueUrl, QueueName, SourceArn } = JSON.parse(body) as Asked;
  const name = QueueName ?? QueueUrl?.slice(QueueUrl.lastIndexOf('/') + 1);
  const resource = SourceArn ?? (name === undefined ? '*' : `arn:aws:sqs:${region}:${id}:${name}`);
  return [plainNeed(`sqs:${operation.replace(/Batch$/, '')}`, resource)];
}
