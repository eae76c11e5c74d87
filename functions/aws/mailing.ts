import { type PageFact, publishedUpdate } from '../../shared/status/index.ts';
import type { AnnounceMessage } from '../../shared/wiring/index.ts';
import type { Outgoing } from './queue.ts';

/** The message that has subscribers told of a published update; none of any other fact. */
export function announcements(facts: readonly PageFact[]): readonly Outgoing[] {
  return facts.flatMap((fact) => {
    const published = publishedUpdate(fact);
    if (published === undefined) return [];
    const { org, pageId: page } = fact;
    const body: AnnounceMessage = { kind: 'announce', org, page, update: published.update.id, hop: 0 };
    return [{ body, group: page }];
  });
}
