import { functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { readSettings } from '../aws/settings.ts';
import { asOne, batchWorker } from '../edge/queue.ts';
import { publish } from './publish.ts';
import { parsePublisherMessage } from './publisher-message.ts';

const { statusUrl: site, publicUrl: api } = readSettings(functions.Publish.env);

/** Writes status pages. It needs the bucket alone; the queue hands it one batch of a page at a time. */
export const handler = batchWorker(parsePublisherMessage, async (batch) => {
  const failed: string[] = [];
  for (const own of Map.groupBy(batch, ({ message }) => message.page).values())
    failed.push(...(await asOne(own, (messages) => publish(messages, { site, api }, clock.now()))));
  return failed;
});
