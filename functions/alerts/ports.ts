import type { SignalsMessage } from '../../shared/alerts/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import type { KeyDoor } from '../aws/doors.ts';

/** The door that an integration's secret opens. */
export type IntegrationDoor = Extract<KeyDoor, { kind: 'integration' }>;

/** What receiving needs of the world. */
export interface Ports {
  findKey(secret: string): Promise<KeyDoor | undefined>;
  /** Returns only when every message is stored. */
  send(messages: readonly SignalsMessage[]): Promise<void>;
  now(): Instant;
  /** Tells what went wrong behind a 503. */
  fault(thrown: unknown, place: string): void;
}
