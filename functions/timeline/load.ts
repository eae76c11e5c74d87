import type { Incident } from '../../shared/incidents/index.ts';
import { HOUR, type Instant } from '../../shared/kernel/index.ts';
import { type Delivery, viewPage } from '../../shared/on-call/index.ts';
import { schema } from '../../shared/table/index.ts';
import type { PageOutcome, TimelineSources } from '../../shared/timeline/index.ts';
import { allDone } from '../aws/all-done.ts';
import { readChanges } from '../aws/changes.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { stored } from '../aws/incident-rows.ts';
import { table } from '../aws/table.ts';
import { wholeLog } from '../aws/whole-log.ts';
import { tellLeftOut } from '../edge/left-out.ts';

/** How long before the first sign a change may still be why; and how many are looked at, the latest first. */
const [BEFORE, MOST_CHANGES] = [6 * HOUR, 200];

/** All that the timeline of an incident is made of, read at once. */
export async function loadSources(incident: Incident, now: Instant): Promise<TimelineSources> {
  const { org, id, openedAt } = incident;
  const to = incident.state === 'resolved' ? incident.resolvedAt : now;
  const [facts, { changes, next }, pages, { body }] = await allDone([
    wholeLog(org, id, now),
    readChanges(org, { from: openedAt - BEFORE, to: Math.max(to, openedAt), limit: MOST_CHANGES }),
    pagesOf(incident),
    loadConfiguration(org, tellLeftOut),
  ]);
  const names = new Map(body.people.map(({ id: person, name }) => [person, name]));
  return {
    ...{ incident, facts, changes, pages, nameOf: (person) => names.get(person) },
    changesLeftOut: next !== undefined,
  };
}

/** What became of every page, where something did. */
async function pagesOf({ org, id: inc }: Incident): Promise<readonly PageOutcome[]> {
  const { items } = await table.query({
    partition: schema.deliveryIntent.partition({ org, inc }),
    prefix: schema.deliveryIntent.sortPrefix,
  });
  return items.flatMap((row) => {
    const { state, at, reason, person, channel } = viewPage(stored<Delivery>(row));
    if (state === 'planned' || state === 'claimed' || at === undefined) return [];
    return [
      { id: row.sk, person, channel, state, at: Date.parse(at), ...(reason !== undefined && { reason }) },
    ];
  });
}
