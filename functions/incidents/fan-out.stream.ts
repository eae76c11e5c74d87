import type { SettleMessage } from '../../shared/alerts/index.ts';
import type { LoggedFact } from '../../shared/incidents/index.ts';
import { becauseOf } from '../../shared/kernel/index.ts';
import type { PageFact } from '../../shared/status/index.ts';
import { functions, reactions } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { stored } from '../aws/incident-rows.ts';
import { announcements } from '../aws/mailing.ts';
import { sendToPublisher } from '../aws/publisher.ts';
import type { Outgoing } from '../aws/queue.ts';
import { readSettings } from '../aws/settings.ts';
import { log } from '../edge/log.ts';
import { streamReader } from '../edge/stream.ts';
import { deliveryMessages, escalateMessage } from './escalation.ts';
import { sendLater } from './send-later.ts';
import { sendRelates } from './send-relates.ts';
import { toldMessages } from './told-messages.ts';

const { alertQueue, escalationQueue, deliveryQueue, mailingQueue, roomQueue } = readSettings(
  functions.FanOut.env,
);

/**
 * Reader 2 of the table's stream. Sends once more what the writer of a fact sends itself: the safety net for a writer that
 * died in between. Whoever receives both finds nothing left to do for the second. What a person resolved is looked at again.
 */
export const handler = streamReader(async (items) => {
  const all = items.map((item) => stored<LoggedFact | PageFact>(item));
  const facts = all.filter((fact) => !isOfPage(fact));
  const published = all.filter(isOfPage);
  for (const fact of all) tell(fact);
  await allDone([
    sendLater(escalationQueue, facts.flatMap(escalationsOf)),
    sendLater(
      deliveryQueue,
      facts.filter((fact) => reactionTo(fact) === 'escalate-and-deliver').flatMap(deliveryMessages),
    ),
    sendLater(alertQueue, facts.flatMap(settlesOf)),
    sendRelates(alertQueue, facts),
    // Without delay, which that queue does not know: it takes what its writer has just sent only once.
    sendToPublisher(published.filter((fact) => reactionTo(fact)?.startsWith('publish'))),
    sendLater(
      mailingQueue,
      announcements(published.filter((fact) => reactionTo(fact) === 'publish-and-mail')),
    ),
    sendLater(roomQueue, published.flatMap(toldMessages)),
  ]);
});

/** Whether a fact is in the log of a status page, and not of an incident. */
const isOfPage = (fact: LoggedFact | PageFact): fact is PageFact => 'pageId' in fact;

/** One line for each thing that happened to an incident or a page, whoever wrote it; never what was said. */
function tell(fact: LoggedFact | PageFact): void {
  const { type, org, seq, recordedAt } = fact;
  const of = isOfPage(fact) ? { page: fact.pageId } : { incident: fact.incidentId };
  log.info('fact', { type, org, ...of, seq, recordedAt });
}

const reactionTo = ({ type }: LoggedFact | PageFact) =>
  new Map<string, string>(Object.entries(reactions)).get(type);

function escalationsOf(fact: LoggedFact): readonly Outgoing[] {
  if (reactionTo(fact) === undefined || !('next' in fact.data) || !fact.data.next) return [];
  const generation = ('generation' in fact.data ? fact.data.generation : undefined) ?? 1;
  const { org, incidentId: incident } = fact;
  return escalateMessage({ kind: 'escalate', org, incident, generation, ...fact.data.next }, clock.now());
}

const isByPerson = ({ type, data }: LoggedFact): boolean =>
  type === 'incident.split' || (type === 'incident.resolved' && data.reason === 'person');

function settlesOf(fact: LoggedFact): readonly Outgoing[] {
  if (reactionTo(fact) !== 'settle' || !isByPerson(fact)) return [];
  const { org, incidentId: incident } = fact;
  const generation = 'generation' in fact.data ? fact.data.generation : 1;
  const body: SettleMessage = { kind: 'settle', org, incident, generation, cause: becauseOf(fact) };
  return [{ body, group: org }];
}
