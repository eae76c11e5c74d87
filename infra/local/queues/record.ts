import type { ReceivedMessage } from '../engines/queue-engine.ts';

interface Attribute {
  readonly StringValue?: string;
  readonly BinaryValue?: string;
  readonly DataType: string;
}

/** A message as Lambda delivers it in the event of a queue. */
export function queueRecord(message: ReceivedMessage, arn: string, region: string): Record<string, unknown> {
  const attributes = Object.entries(message.messageAttributes as Record<string, Attribute>).map(
    ([name, one]) => [
      name,
      {
        ...(one.StringValue !== undefined && { stringValue: one.StringValue }),
        ...(one.BinaryValue !== undefined && { binaryValue: one.BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: one.DataType,
      },
    ],
  );
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
      ...(message.deduplicationId !== undefined && { MessageDeduplicationId: message.deduplicationId }),
      ...(message.sequenceNumber !== undefined && { SequenceNumber: message.sequenceNumber }),
    },
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}
