import { becauseOf } from '../../shared/kernel/index.ts';
import { type PageFact, toldIncident } from '../../shared/status/index.ts';
import type { ToldMessage } from '../../shared/wiring/index.ts';
import type { Outgoing } from '../aws/queue.ts';

/** What the log of an incident is to tell of a page; nobody else has sent it. */
export function toldMessages(page: PageFact): readonly Outgoing[] {
  const told = toldIncident(page);
  if (told === undefined) return [];
  const { org, actor } = page;
  const body: ToldMessage = { kind: 'told', org, actor, cause: becauseOf(page), ...told };
  return [{ body, group: org }];
}
