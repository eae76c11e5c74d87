import { system } from '../../shared/kernel/index.ts';
import { policyFor, reachedNobody, wasLastResort } from '../../shared/on-call/index.ts';
import type { DeliverMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { command, loadIncident } from '../aws/incident-log.ts';
import { recordRoom } from '../aws/room-log.ts';
import { log } from '../edge/log.ts';
import { nextStepMessages, sendEscalation } from '../incidents/escalation.ts';
import { pagesOfStep } from './deliveries.ts';
import type { Roster } from './roster.ts';

const actor = system('delivery');

/**
 * Records, once, that a page was refused. When no other page of its step can arrive either, the next step is due at once:
 * whoever marks the last of them sees them all, so none waits for another.
 */
export async function passOn(message: DeliverMessage, reason: string, roster: Roster): Promise<void> {
  const { org, incident: id, generation, step, person } = message;
  const data = { generation, step, person, channel: 'email' as const, reason };
  const now = clock.now();
  // A client's own id has no dot, so none can take this place.
  const clientMessageId = `refused.${generation}.${step}.${person}`;
  await recordRoom(org, id, { type: 'page.refused', occurredAt: now, data }, { actor, now, clientMessageId });
  if (!reachedNobody(await pagesOfStep(message))) return;
  const loaded = await loadIncident(org, id);
  if (loaded === undefined) return;
  if (wasLastResort(step, policyFor(loaded, roster.policies), roster.people)) {
    log.error('no page of the last resort was accepted', { org, incident: id, step });
    return;
  }
  const wanted = { do: 'bring-forward', generation, step } as const;
  const { incident, facts } = await command(org, id, wanted, { actor, now, loaded });
  if (facts.length > 0) await sendEscalation(nextStepMessages([incident], now));
}
