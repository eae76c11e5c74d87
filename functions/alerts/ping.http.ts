import { alertsApi } from '../../shared/alerts/api.ts';
import { pinged } from '../../shared/alerts/index.ts';
import { Refusal, toText } from '../../shared/kernel/index.ts';
import { clock } from '../aws/clock.ts';
import { findKey } from '../aws/doors.ts';
import { logFault } from '../edge/errors.ts';
import { openVerb } from '../edge/verb.ts';
import { takeBeat } from './beat.ts';
import { available, behind } from './open-door.ts';

/** Takes the call of whatever is expected to call; answered only when it is stored. */
export const ping = openVerb({
  api: alertsApi.ping,
  run: async ({ params: { key } }) => {
    const door = await available('The key could not be looked up', behind(key, findKey), { fault: logFault });
    if (door?.kind !== 'heartbeat') {
      throw new Refusal(
        'forbidden',
        'This address belongs to no heartbeat. Copy it again or make a new one.',
      );
    }
    const now = clock.now();
    const { name, dueAt } = await takeBeat(door.org, door.name, now, (heartbeat) => pinged(heartbeat, now));
    return { result: 'PONG' as const, name, ...(dueAt !== undefined && { dueAt: toText(dueAt) }) };
  },
});
