import {
  BatchEntryIdsNotDistinct,
  BatchRequestTooLong,
  EmptyBatchRequest,
  MessageNotInflight,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  RequestThrottled,
  SQSServiceException,
  TooManyEntriesInBatchRequest,
} from '@aws-sdk/client-sqs';

// The refusals of SQS as the SDK throws them, with the status that decides whether the client tries again.

const refused = { $metadata: { httpStatusCode: 400 } };

export const noQueue = (name: string): Error =>
  new QueueDoesNotExist({ ...refused, message: `The specified queue does not exist: ${name}` });

export const badReceipt = (receipt: string): Error =>
  new ReceiptHandleIsInvalid({ ...refused, message: `The input receipt handle is invalid: ${receipt}` });

export const notInFlight = (receipt: string): Error =>
  new MessageNotInflight({ ...refused, message: `The message is not in flight: ${receipt}` });

export const queueThrottled = (): Error => new RequestThrottled({ ...refused, message: 'Request throttled' });

export const queueFailed = (): Error =>
  new SQSServiceException({
    $metadata: { httpStatusCode: 500 },
    name: 'InternalError',
    message: 'Internal error',
    $fault: 'server',
  });

export const badParameter = (message: string): Error =>
  new SQSServiceException({ ...refused, name: 'InvalidParameterValue', message, $fault: 'client' });

const MAX_ENTRIES = 10;

/** The most bytes of a message and of a batch. */
export const MAX_BYTES = 1024 * 1024;

/** Refuses a batch that SQS refuses as a whole. */
export function checkBatch(ids: readonly string[], bytes: number): void {
  if (ids.length === 0)
    throw new EmptyBatchRequest({ ...refused, message: 'There should be at least one entry' });
  if (ids.length > MAX_ENTRIES) {
    throw new TooManyEntriesInBatchRequest({
      ...refused,
      message: `Maximum number of entries is ${MAX_ENTRIES}`,
    });
  }
  if (new Set(ids).size < ids.length) {
    throw new BatchEntryIdsNotDistinct({ ...refused, message: 'Two entries have one id' });
  }
  if (bytes > MAX_BYTES) throw new BatchRequestTooLong({ ...refused, message: `Batch has ${bytes} bytes` });
}
