import type { Rule } from '../../shared/detection/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { Outgoing } from '../aws/queue.ts';

/** What detection needs from outside beside the table. */
export interface Ports {
  now(): Instant;
  rulesOf(org: OrganisationId): Promise<readonly Rule[]>;
  sendAlertQueue(messages: readonly Outgoing[]): Promise<void>;
  sendEscalation(messages: readonly Outgoing[]): Promise<void>;
}
