import type { AcceptedMessage, SeenAlert } from '../../shared/alerts/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { IntegrationDoor, KeyDoor } from '../aws/doors.ts';

export type { IntegrationDoor } from '../aws/doors.ts';

/** The secrets with which bodies may be signed, as far as they can be read. */
export interface SigningSecrets {
  readonly known: readonly string[];
  /** Whether some that count could not be read. */
  readonly lacking: boolean;
}

/** What was sent in one POST, and what became of it. */
export interface Delivery {
  /** Absent where the key opened nothing: then nobody could look at it. */
  readonly door?: IntegrationDoor;
  readonly key?: string;
  /** Absent where its signature or key let nothing in: then only when and why counts. */
  readonly bytes?: Buffer;
  readonly status: number;
  /** Why it was refused. */
  readonly reason?: string;
}

/** What accepting needs of the world, whoever brings what is accepted. */
export type Storing = Pick<Ports, 'send' | 'park' | 'visit' | 'now' | 'fault'>;

/** What receiving needs of the world. */
export interface Ports {
  findKey(secret: string): Promise<KeyDoor | undefined>;
  /** What the key opens by now, whatever is remembered; undefined also when that was asked just before. */
  findKeyAgain(secret: string): Promise<KeyDoor | undefined>;
  /** The secrets with which bodies of an integration may be signed; none where no signature is asked for. */
  secretsOf(door: IntegrationDoor): Promise<SigningSecrets>;
  /** Returns only when the queue has every message. */
  send(messages: readonly AcceptedMessage[]): Promise<void>;
  /** The second path: returns only when the table has every message, from where the sweep sends them. */
  park(messages: readonly AcceptedMessage[], now: Instant): Promise<void>;
  findAlert(org: OrganisationId, fingerprint: string): Promise<SeenAlert | undefined>;
  /** The id of the alert that was shown with this tiny id. */
  findTinyId(org: OrganisationId, tiny: string): Promise<string | undefined>;
  keepTinyId(org: OrganisationId, tiny: string, fingerprint: string): Promise<void>;
  /** Asks an address of Amazon SNS that a message of its own names; throws when nobody answers. */
  visit(url: string): Promise<{ readonly status: number; readonly body: string }>;
  /** Keeps what was sent for whoever looks at it, and counts refusals. Never fails, and takes a quarter of a second at most. */
  keep(receipt: string, delivery: Delivery): Promise<void>;
  now(): Instant;
  /** Tells what went wrong behind a 503. */
  fault(thrown: unknown, place: string): void;
}

/** What finding out needs whether somebody may send. */
export type DoorPorts = Pick<Ports, 'findKey' | 'findKeyAgain' | 'secretsOf' | 'visit' | 'now' | 'fault'>;
