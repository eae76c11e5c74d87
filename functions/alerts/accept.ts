import { type Source, translators } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { messagesOf } from './messages.ts';
import type { IntegrationDoor, Ports } from './ports.ts';
import type { Taken } from './protocols.ts';
import { BodyRefused } from './refusals.ts';
import { store } from './store.ts';

/** The integration whose secret this is, if it is one for this source; else `forbidden`. */
export async function openDoor(secret: string, source: Source, ports: Ports): Promise<IntegrationDoor> {
  const door = /^[\w-]{16,128}$/.test(secret)
    ? await available('The key could not be looked up', ports.findKey(secret), ports)
    : undefined;
  if (door?.kind === 'integration' && door.source === source) return door;
  throw new Refusal(
    'forbidden',
    `This key belongs to no integration for '${source}'. Copy its address again or make a new integration.`,
  );
}

/** Translates a body and stores what it says; returns only when the queue or the table has it. */
export async function accept(
  body: unknown,
  receipt: string,
  { source, org, id: integration }: IntegrationDoor,
  ports: Ports,
): Promise<Taken> {
  const receivedAt = ports.now();
  const translation = translators[source].translate(body, { receipt, receivedAt, integration });
  if ('refused' in translation) throw new BodyRefused(translation.refused.code, translation.refused.errors);
  const { signals, dedupKey } = translation;
  const messages = messagesOf({ org, integration, source, receipt, receivedAt }, signals);
  if (messages.length > 0) await available('The alert could not be stored', store(messages, ports), ports);
  return { receipt, signals: signals.length, dedupKey };
}

/** A store that fails is not the sender's fault; it is told to come again, since many give up at any other refusal. */
async function available<Result>(what: string, pending: Promise<Result>, ports: Ports): Promise<Result> {
  try {
    return await pending;
  } catch (error) {
    ports.fault(error, 'receive');
    throw new Refusal('unavailable', `${what}. Send it again in a few seconds.`);
  }
}
