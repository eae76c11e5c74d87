import { type Need, plainNeed } from '../need.ts';

/** The permission that a call to SQS needs: batches need that of the single operation. */
export function sqsNeeds(
  operation: string,
  body: string,
  { region, id }: { readonly region: string; readonly id: string },
): readonly Need[] {
  const { QueueUrl, QueueName } = JSON.parse(body) as { QueueUrl?: string; QueueName?: string };
  const name = QueueName ?? QueueUrl?.slice(QueueUrl.lastIndexOf('/') + 1);
  const resource = name === undefined ? '*' : `arn:aws:sqs:${region}:${id}:${name}`;
  return [plainNeed(`sqs:${operation.replace(/Batch$/, '')}`, resource)];
}
