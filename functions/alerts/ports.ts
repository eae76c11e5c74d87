import type { SignalsMessage } from '../../shared/alerts/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import type { KeyDoor } from '../aws/doors.ts';

/** The door that an integration's secret opens. */
export type IntegrationDoor = Extract<KeyDoor, { kind: 'integration' }>;

/** What receiving needs of the world. */
export interface Ports {
  findKey(secret: string): Promise<KeyDoor | undefined>;
  /** Returns only when the queue has every message. */
  send(messages: readonly SignalsMessage[]): Promise<void>;
  /** The second path: returns only when the table has every message, from where the sweep sends them. */
  park(messages: readonly SignalsMessage[], now: Instant): Promise<void>;
  now(): Instant;
  /** Tells what went wrong behind a 503. */
  fault(thrown: unknown, place: string): void;
}
