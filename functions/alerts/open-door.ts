import type { Source } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import type { IntegrationDoor, Ports } from './ports.ts';

/** What a key opens; what has not the form of a key opens nothing, and nobody is asked. */
export async function behind<Door>(
  key: string,
  findKey: (key: string) => Promise<Door | undefined>,
): Promise<Door | undefined> {
  return /^[\w-]{16,128}$/.test(key) ? findKey(key) : undefined;
}

/** The integration whose secret this is, if it is one for this source; else `forbidden`. */
export async function openDoor(
  secret: string,
  source: Source,
  ports: Pick<Ports, 'findKey' | 'fault'>,
): Promise<IntegrationDoor> {
  const door = await available('The key could not be looked up', behind(secret, ports.findKey), ports);
  if (door?.kind === 'integration' && door.source === source) return door;
  throw new Refusal(
    'forbidden',
    `This key belongs to no integration for '${source}'. Copy its address again or make a new integration.`,
  );
}

/** A store that fails is not the sender's fault; it is told to come again, since many give up at any other refusal. */
export async function available<Result>(
  what: string,
  pending: Promise<Result> | undefined,
  ports: Pick<Ports, 'fault'>,
): Promise<Result | undefined> {
  try {
    return await pending;
  } catch (error) {
    ports.fault(error, 'receive');
    throw new Refusal('unavailable', `${what}. Send it again in a few seconds.`);
  }
}
