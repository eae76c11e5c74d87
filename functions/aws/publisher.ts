import type { PageFact } from '../../shared/status/index.ts';
import type { PublishMessage } from '../../shared/wiring/index.ts';
import { type Outgoing, sendTo } from './queue.ts';
import { setting } from './settings.ts';

/** Tells the publisher facts of pages; nothing when there are none. Told twice within five minutes, the queue takes each once. */
export async function sendToPublisher(facts: readonly PageFact[]): Promise<void> {
  if (facts.length > 0) await sendTo(setting('publishQueue')).send(facts.map(publishMessage));
}

function publishMessage({ pageId: page, seq, data, root = false }: PageFact): Outgoing {
  const body: PublishMessage = { kind: 'publish', page, root, seq, data };
  return { body, group: page, name: `${page}-${seq}` };
}
