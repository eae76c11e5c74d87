import type { IntegrationId } from '../../../kernel/index.ts';
import { fingerprintOf } from '../../fingerprint.ts';

/** How a request may name its alert. */
export const identifierTypes = ['id', 'alias', 'tiny'] as const;
export type IdentifierType = (typeof identifierTypes)[number];

/** The longest alias that Opsgenie takes. */
export const LONGEST_ALIAS = 512;

/** Ids that stand for the missing alias as well begin so: no hash that a sender makes an alias of does. */
const OWN = '0'.repeat(8);
const FORM = /^[0-9a-f]{64}$/;

/** The id of the alert with this alias. It is its fingerprint, so whoever has it needs no look-up. */
export function idOfAlias(integration: IntegrationId, alias: string): string {
  return isOwn(alias) ? alias : fingerprintOf(integration, 'alias', alias);
}

/** The id of an alert without an alias, which is its alias, too. */
export function idWithoutAlias(integration: IntegrationId, receipt: string): string {
  return `${OWN}${fingerprintOf(integration, 'receipt', receipt).slice(OWN.length)}`;
}

/** Whether a text has the form of an id. */
export const isAlertId = (text: string): boolean => FORM.test(text);

const isOwn = (alias: string): boolean => alias.startsWith(OWN) && isAlertId(alias);

/**
 * The short number of an alert, 15 digits at most. It tells nothing of the alert by itself: who was shown it finds the alert by an
 * item that was written then.
 */
export function tinyIdOf(id: string): string {
  const digits = isOwn(id) ? id.slice(OWN.length) : id;
  return String(Number.parseInt(digits.slice(0, 12), 16));
}
