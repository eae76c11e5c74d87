import { put } from './table.mjs';

/** Copies each fact of the stream; a fact named `poison…` is refused for ever. */
export async function handler(event) {
  for (const { dynamodb } of event.Records) {
    const name = dynamodb.NewImage.sk.S;
    if (name.startsWith('poison')) throw new Error(`refused ${name}`);
    await put('MIRROR', name, {
      sequence: { S: dynamodb.SequenceNumber },
      batch: { N: String(event.Records.length) },
    });
  }
}
