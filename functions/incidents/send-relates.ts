import type { RelateMessage } from '../../shared/alerts/index.ts';
import { RELATE_SECONDS } from '../../shared/detection/index.ts';
import { asksToRelate, type LoggedFact } from '../../shared/incidents/index.ts';
import { type Outgoing, sendTo } from '../aws/queue.ts';

/** For each incident one message that has it compared with what is open beside it. */
export function relatesOf(facts: readonly LoggedFact[]): readonly Outgoing[] {
  const asking = new Map(facts.filter(asksToRelate).map((fact) => [fact.incidentId, fact]));
  return [...asking.values()].map(({ org, incidentId: incident, cause }) => {
    // Because of what the fact itself is because of: a cascade of merges makes no longer chain.
    const body: RelateMessage = { kind: 'relate', org, incident, ...(cause && { cause }) };
    return { body, group: org, delaySeconds: RELATE_SECONDS };
  });
}

/** Sends them; nobody else does, and the stream brings what could not be sent again. */
export async function sendRelates(queueUrl: string, facts: readonly LoggedFact[]): Promise<void> {
  const messages = relatesOf(facts);
  if (messages.length > 0) await sendTo(queueUrl).send(messages);
}
