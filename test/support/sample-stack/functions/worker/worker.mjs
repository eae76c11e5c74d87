import { put } from '../table.mjs';

/** Stores each message as a fact; a message with `fail` is refused, one with `crash` ends the environment. */
export async function handler(event) {
  const batchItemFailures = [];
  for (const { messageId, body, attributes } of event.Records) {
    const message = JSON.parse(body);
    const count = Number(attributes.ApproximateReceiveCount);
    await put('SEEN', `${message.name}#${count}`, { at: { N: String(Date.now()) } });
    if (message.crash) process.exit(3);
    if (message.fail) batchItemFailures.push({ itemIdentifier: messageId });
    else
      await put('FACT', message.name, {
        kind: { S: 'fact' },
        at: { N: String(Date.now()) },
        ...message.attributes,
      });
  }
  return { batchItemFailures };
}
