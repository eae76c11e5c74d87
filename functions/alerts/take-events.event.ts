import { alarmNameIn, textOf } from '../../shared/alerts/index.ts';
import { recordOf } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { findKey, findKeyNow, type KeyDoor } from '../aws/doors.ts';
import { readSettings } from '../aws/settings.ts';
import { table } from '../aws/table.ts';
import { heard } from '../edge/event.ts';
import { log } from '../edge/log.ts';
import { accept } from './accept.ts';
import { accountDoor } from './account-door.ts';
import { doorOf, type IntegrationRow } from './integration-row.ts';
import { isOwnAlarm } from './own-alarm.ts';
import type { IntegrationDoor, Storing } from './ports.ts';
import { storing } from './storing.ts';

const { alertQueue, systemName } = readSettings([...functions.TakeEvents.env, 'systemName']);
const ports: Storing = {
  ...storing(alertQueue),
  visit: () => Promise.reject(new Error('An event names no address that is to be visited')),
};

/** Takes the events of this AWS account for the one integration that wants them. */
export const handler = heard(async (body) => {
  const event = recordOf(body);
  const told = { source: textOf(event.source), about: textOf(event['detail-type']), event: textOf(event.id) };
  const alarm = alarmNameIn(event);
  if (alarm !== undefined && isOwnAlarm(alarm, systemName))
    return log.info('event left out: an alarm of this system', told);
  const door = await wanted();
  if (door === undefined) return log.info('event left out: no integration wants it', told);
  // EventBridge names each event, and the same again when it delivers it again, so it counts once.
  const receipt = `event-${told.event ?? 'without-a-name'}`.slice(0, 100);
  const { signals, asides, ignored } = await accept(event, { receipt, headers: {} }, door, ports);
  log.info('event taken', { ...told, org: door.org, integration: door.id, signals, asides, ignored });
});

/**
 * The integration for this account, as it is now; none once it was deleted, or while it is paused. What is remembered may be the
 * one before it, or that there was none: nobody sends a second time what is left out, so that is looked at again first.
 */
async function wanted(): Promise<IntegrationDoor | undefined> {
  const found = (await behind(await findKey(accountDoor))) ?? (await behind(await findKeyNow(accountDoor)));
  return found === undefined || found.row.paused ? undefined : doorOf(found.org, found.row);
}

async function behind(door: KeyDoor | undefined) {
  if (door?.kind !== 'integration') return undefined;
  const { org, id: integration } = door;
  const row = await table.get<IntegrationRow>(schema.integration.key({ org, integration }));
  return row && { org, row };
}
