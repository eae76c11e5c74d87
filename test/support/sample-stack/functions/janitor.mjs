import { put } from './table.mjs';

/** Notes who removed an item. */
export async function handler(event) {
  for (const { dynamodb, userIdentity } of event.Records) {
    await put('REMOVED', dynamodb.Keys.sk.S, { by: { S: userIdentity?.principalId ?? 'somebody' } });
  }
}
