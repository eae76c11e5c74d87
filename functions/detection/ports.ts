import type { Deciding } from '../../shared/configuration/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import type { ConfigurationHead } from '../aws/configuration.ts';
import type { Outgoing } from '../aws/queue.ts';
import type { Quiets, QuietVersion } from '../aws/quiets.ts';

/** What decides, by one version of an organisation's configuration; version 0 has no more than rules, of which there are none. */
export interface Rules extends Pick<Deciding, 'rules'>, Partial<Omit<Deciding, 'rules'>> {
  readonly version: number;
  /** For how many days signals are kept; absent where nobody has said. */
  readonly signalDays?: number;
}

/** Where rules come from. A warm process knows the last ones and learns from the load whether they are still in force. */
export interface RulesSource {
  known(org: OrganisationId): Rules;
  /** Those in force now. */
  inForce(org: OrganisationId): Promise<Rules>;
  read(org: OrganisationId, head: ConfigurationHead | undefined): Promise<Rules>;
}

/** Where what keeps alerts quiet comes from, in the same way. */
export interface QuietsSource {
  known(org: OrganisationId): Quiets;
  read(org: OrganisationId, head: QuietVersion | undefined, now: Instant): Promise<Quiets>;
}

/** What detection needs from outside beside the table. */
export interface Ports {
  readonly rules: RulesSource;
  readonly quiets: QuietsSource;
  now(): Instant;
  sendAlertQueue(messages: readonly Outgoing[]): Promise<void>;
  sendEscalation(messages: readonly Outgoing[]): Promise<void>;
}
