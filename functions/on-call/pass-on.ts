import type { Triggered } from '../../shared/incidents/index.ts';
import { system } from '../../shared/kernel/index.ts';
import { policyFor, reachedNobody, stepAfter } from '../../shared/on-call/index.ts';
import type { DeliverMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { command, loadIncident } from '../aws/incident-log.ts';
import { latestFacts } from '../aws/log-pages.ts';
import { recordRoom } from '../aws/room-log.ts';
import { log } from '../edge/log.ts';
import { nextStepMessages, sendEscalation } from '../incidents/escalation.ts';
import { pagesOfStep } from './deliveries.ts';
import type { DeliveryAsked } from './messages.ts';
import type { Roster } from './roster.ts';

const actor = system('delivery');

/** Records, once, that a page was refused. */
export async function recordRefusal(message: DeliveryAsked, reason: string): Promise<void> {
  const { org, incident: id, generation, step, person, channel, cause } = message;
  const data = { generation, step, person, channel, reason };
  const now = clock.now();
  // A client's own id has no dot, so none can take this place.
  const way = channel === 'email' ? '' : `.${channel}`;
  const clientMessageId = `refused.${generation}.${step}.${person}${way}`;
  const fact = { type: 'page.refused', occurredAt: now, data } as const;
  await recordRoom(org, id, fact, { actor, now, clientMessageId, ...(cause && { cause }) });
}

/**
 * After a page that cannot arrive: when no other page of its step can arrive either, the next step is due at once. Whoever marks
 * the last of them sees them all, so none waits for another.
 */
export async function passOn(message: DeliverMessage, roster: Roster): Promise<void> {
  const { org, incident: id, generation, step, cause } = message;
  if (!reachedNobody(await pagesOfStep(message))) return;
  const loaded = await loadIncident(org, id);
  if (loaded?.state !== 'triggered' || loaded.generation !== generation || loaded.step !== step) return;
  const after = loaded.next?.step ?? (await afterReached(loaded, roster));
  if (after === undefined) {
    log.error('no page of the last resort was accepted', { org, incident: id, step });
    return;
  }
  const now = clock.now();
  const wanted = { do: 'bring-forward', generation, step, after } as const;
  const { incident, facts } = await command(org, id, wanted, {
    ...{ actor, now, loaded },
    ...(cause && { cause }),
  });
  if (facts.length > 0) await sendEscalation(nextStepMessages([incident], now));
}

/** The step after the level that the last one reached, by the log: it may have passed over levels without anybody. */
async function afterReached(incident: Triggered, { policies }: Roster): Promise<number | undefined> {
  const { org, id, generation, step } = incident;
  const policy = policyFor(incident, policies);
  for await (const facts of latestFacts(org, id))
    for (const { type, data } of facts)
      if (type === 'incident.escalated' && data.generation === generation && data.step === step)
        return data.level === 0 ? data.after : stepAfter(step, data.level, policy);
  return stepAfter(step, undefined, policy);
}
