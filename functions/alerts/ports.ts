import type { AcceptedMessage } from '../../shared/alerts/index.ts';
import type { AlertHead } from '../../shared/detection/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { KeyDoor } from '../aws/doors.ts';

/** The door that an integration's secret opens. */
export type IntegrationDoor = Extract<KeyDoor, { kind: 'integration' }>;

/** What receiving needs of the world. */
export interface Ports {
  findKey(secret: string): Promise<KeyDoor | undefined>;
  /** The secrets with which bodies of an integration may be signed; none where no signature is asked for. */
  secretsOf(door: IntegrationDoor): Promise<readonly string[]>;
  /** Returns only when the queue has every message. */
  send(messages: readonly AcceptedMessage[]): Promise<void>;
  /** The second path: returns only when the table has every message, from where the sweep sends them. */
  park(messages: readonly AcceptedMessage[], now: Instant): Promise<void>;
  findAlert(org: OrganisationId, fingerprint: string): Promise<AlertHead | undefined>;
  /** The id of the alert that was shown with this tiny id. */
  findTinyId(org: OrganisationId, tiny: string): Promise<string | undefined>;
  keepTinyId(org: OrganisationId, tiny: string, fingerprint: string): Promise<void>;
  now(): Instant;
  /** Tells what went wrong behind a 503. */
  fault(thrown: unknown, place: string): void;
}
