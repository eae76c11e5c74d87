import type { Incident } from '../../shared/incidents/index.ts';
import { HOUR, type Instant } from '../../shared/kernel/index.ts';
import { type Delivery, viewPage } from '../../shared/on-call/index.ts';
import { schema } from '../../shared/table/index.ts';
import type { PageOutcome, TimelineSources } from '../../shared/timeline/index.ts';
import { allDone } from '../aws/all-done.ts';
import { readChanges } from '../aws/changes.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { deliveriesOf } from '../aws/delivery-intents.ts';
import { wholeLog } from '../aws/whole-log.ts';
import { tellLeftOut } from '../edge/left-out.ts';

/** How long before the first sign a change may still be why; and how many are looked at before it and since, the latest first. */
const [BEFORE, MOST_BEFORE, MOST_SINCE] = [6 * HOUR, 500, 200];

/** All that the timeline of an incident is made of, read at once. */
export async function loadSources(incident: Incident, now: Instant): Promise<TimelineSources> {
  const { org, id, openedAt } = incident;
  const to = incident.state === 'resolved' ? incident.resolvedAt : now;
  const [facts, since, before, deliveries, { body }] = await allDone([
    wholeLog(org, id, now),
    readChanges(org, { from: openedAt + 1, to: Math.max(to, openedAt + 1), limit: MOST_SINCE }),
    readChanges(org, { from: openedAt - BEFORE, to: openedAt, limit: MOST_BEFORE }),
    deliveriesOf(org, id),
    loadConfiguration(org, tellLeftOut),
  ]);
  const names = new Map(body.people.map(({ id: person, name }) => [person, name]));
  return {
    ...{ incident, facts, pages: outcomesOf(deliveries), nameOf: (person) => names.get(person) },
    changes: [...since.changes, ...before.changes],
    ...((since.next ?? before.next) !== undefined && { moreChanges: true }),
  };
}

/** What became of every page, where something did. */
function outcomesOf(deliveries: readonly Delivery[]): readonly PageOutcome[] {
  return deliveries.flatMap((delivery) => {
    const { state, at, reason, person, channel } = viewPage(delivery);
    if (state === 'planned' || state === 'claimed' || at === undefined) return [];
    const id = schema.deliveryIntent.sort(delivery);
    return [{ id, person, channel, state, at: Date.parse(at), ...(reason !== undefined && { reason }) }];
  });
}
