import { Refusal } from '../../shared/kernel/index.ts';
import { accept } from './accept.ts';
import { enter } from './enter.ts';
import type { DoorPorts, IntegrationDoor, Ports, Storing } from './ports.ts';
import { mailboxOf, readMail } from './read-mail.ts';

/** A mail that arrived. */
export interface Delivered {
  /** What the mail system calls it, the same each time that it tells of it. */
  readonly id: string;
  readonly raw: Uint8Array;
  /** The addresses of ours that it was sent to. */
  readonly recipients: readonly string[];
}

/** What taking a mail needs. */
type MailPorts = Storing & DoorPorts & Pick<Ports, 'keep'>;

/** What became of a mail at one of its addresses; of an address that is nobody's only that. */
export interface MailTaken {
  readonly integration?: string;
  readonly org?: string;
  readonly signals: number;
  readonly ignored?: string | undefined;
}

/**
 * Takes a mail for each of its addresses that belongs to an integration. It throws when it could not be stored, so that it is
 * brought again; then those that had it already get it under the same receipt, and nothing counts twice.
 */
export async function receiveMail(
  { id, raw, recipients }: Delivered,
  ports: MailPorts,
): Promise<readonly MailTaken[]> {
  const body = await readMail(raw);
  const bytes = Buffer.from(raw);
  const taken: MailTaken[] = [];
  for (const [key, tag] of new Map(recipients.map(mailboxOf).map(({ key, tag }) => [key, tag]))) {
    const door = await doorOf(key, bytes, ports);
    if (door === undefined) {
      taken.push({ signals: 0, ignored: 'The address belongs to no integration that takes mail now.' });
      continue;
    }
    const receipt = `${id}/${door.id}`;
    const keep = () => ports.keep(receipt, { door, key, bytes, status: 202 });
    const { signals, ignored } = await accept({ ...body, tag }, { receipt, headers: {}, keep }, door, ports);
    taken.push({ integration: door.id, org: door.org, signals, ignored });
  }
  return taken;
}

/** The integration of an address; undefined for one that is nobody's, or that takes nothing now. */
async function doorOf(key: string, bytes: Buffer, ports: MailPorts): Promise<IntegrationDoor | undefined> {
  try {
    return await enter(key, { source: 'email', bytes, headers: {} }, ports, () => undefined);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'forbidden') return undefined;
    throw error;
  }
}
