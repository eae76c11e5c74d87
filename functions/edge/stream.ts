import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { itemOf } from '../aws/stream-image.ts';
import type { Item } from '../aws/table.ts';
import { logFault } from './errors.ts';

/**
 * A reader of the table's stream: gets the new images of one batch. When it throws, the whole batch is tried again, bisected by
 * the event source mapping until what cannot be handled stands alone.
 */
export function streamReader(handle: (items: readonly Item[]) => Promise<void>) {
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const images = event.Records.map(({ dynamodb }) => dynamodb?.NewImage).filter(
      (image) => image !== undefined,
    );
    try {
      await handle(images.map((image) => itemOf(image) as Item));
      return { batchItemFailures: [] };
    } catch (error) {
      logFault(error, 'stream batch');
      throw error;
    }
  };
}
