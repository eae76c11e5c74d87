import type { Incident } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import {
  type Claimed,
  claimDelivery,
  dropReason,
  encodeLink,
  linkExpiry,
  markDropped,
  markFailed,
  markSent,
  type Person,
  renderPage,
} from '../../shared/on-call/index.ts';
import { type DeliverMessage, functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { loadIncident } from '../aws/incident-log.ts';
import { type Mail, sendMail } from '../aws/mail.ts';
import { readSettings } from '../aws/settings.ts';
import { log } from '../edge/log.ts';
import { queueWorker } from '../edge/queue.ts';
import { loadDelivery, saveDelivery } from './deliveries.ts';
import { parseDeliver } from './messages.ts';
import { findPerson, loadRoster } from './roster.ts';
import { linkSigner } from './signature.ts';

const { publicUrl, consoleUrl } = readSettings(functions.Deliver.env);

/** Carries out one delivery: claims it, looks at the incident once more, calls the provider, marks it. */
export const handler = queueWorker(parseDeliver, async (message) => {
  const claimed = await claim(message, clock.now());
  if (!claimed) return;
  const [incident, roster] = await Promise.all([
    loadIncident(message.org, message.incident),
    loadRoster(message.org),
  ]);
  const person = findPerson(roster, message.person);
  const why = dropReason(incident, message.generation) ?? (person ? undefined : 'unreachable');
  if (why || !incident || !person) {
    await save(message, markDropped(claimed, why ?? 'unreachable', clock.now()));
    return;
  }
  await call(message, claimed, await write(message, incident, person, claimed));
});

/** The delivery for this worker alone; undefined when it is done. While another may be at work, the message comes again. */
async function claim(message: DeliverMessage, now: Instant): Promise<Claimed | undefined> {
  const taken = claimDelivery(await loadDelivery(message), now);
  if (taken.outcome === 'finished') return undefined;
  if (taken.outcome === 'claimed' && (await saveDelivery(message, taken.delivery))) return taken.delivery;
  throw new Error('Another worker is carrying out this delivery; it is looked at again');
}

async function write(
  message: DeliverMessage,
  incident: Incident,
  person: Person,
  { possiblyAgain }: Claimed,
): Promise<Mail> {
  const { org, generation, step } = message;
  const link = {
    org,
    incident: incident.id,
    generation,
    step,
    person: person.id,
    expiresAt: linkExpiry(clock.now()),
  };
  const page = renderPage({
    incident,
    step,
    name: person.name,
    respondUrl: `${publicUrl}/respond/${encodeLink(link, await linkSigner())}`,
    consoleUrl: `${consoleUrl}/incidents/${incident.id}`,
    possiblyAgain,
  });
  return { to: person.email, ...page };
}

/** Whoever dies between the two calls leaves a claim that runs out; the next page then says "possibly again". */
async function call(message: DeliverMessage, claimed: Claimed, mail: Mail): Promise<void> {
  let providerId: string;
  try {
    providerId = await sendMail(mail);
  } catch (error) {
    await save(message, markFailed(claimed, reasonOf(error), isRefusal(error), clock.now()));
    throw error;
  }
  await save(message, markSent(claimed, providerId, clock.now()));
}

async function save(message: DeliverMessage, delivery: Parameters<typeof saveDelivery>[1]): Promise<void> {
  if (await saveDelivery(message, delivery)) return;
  log.warn('a delivery was taken over before it was marked', { state: delivery.state });
}

/** Whether the provider itself said no, so that nothing was sent; a time-out or a fault of the provider leaves it open. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name.slice(0, 100) : 'unknown';
}
