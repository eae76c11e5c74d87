import type { IntegrationId } from '../../../kernel/index.ts';
import { fingerprintOf } from '../../fingerprint.ts';

/** How a request may name its alert. */
export const identifierTypes = ['id', 'alias', 'tiny'] as const;
export type IdentifierType = (typeof identifierTypes)[number];

/** The longest alias that Opsgenie takes. */
export const LONGEST_ALIAS = 512;

/** Ids that stand for the missing alias as well begin so: no hash that a sender makes an alias of does. */
const OWN = '0'.repeat(8);
/** Then 16 digits of the integration: an id of another one is an alias like any other, and opens nothing of it. */
const BEGINNING = OWN.length + 16;
const FORM = /^[0-9a-f]{64}$/;

/** The id of the alert with this alias. It is its fingerprint, so whoever has it needs no look-up. */
export function idOfAlias(integration: IntegrationId, alias: string): string {
  const isOwn = hasOwnForm(alias) && alias.startsWith(beginningOf(integration));
  return isOwn ? alias : fingerprintOf(integration, 'alias', alias);
}

/** The id of an alert without an alias, which is its alias, too. */
export function idWithoutAlias(integration: IntegrationId, receipt: string): string {
  return beginningOf(integration) + fingerprintOf(integration, 'receipt', receipt).slice(BEGINNING);
}

const beginningOf = (integration: IntegrationId): string =>
  (OWN + fingerprintOf(integration, 'ids')).slice(0, BEGINNING);

/** Whether a text has the form of an id. */
export const isAlertId = (text: string): boolean => FORM.test(text);

/**
 * The alert that an identifier of type `id` names. One of Opsgenie's own is no alert here; its alert may well have come with that
 * as an alias. One that was made of an alias tells nothing of whose it is: who takes the request looks it up.
 */
export const idNamed = (integration: IntegrationId, text: string): string =>
  isAlertId(text) && !hasOwnForm(text) ? text : idOfAlias(integration, text);

const hasOwnForm = (text: string): boolean => text.startsWith(OWN) && isAlertId(text);

/**
 * The short number of an alert, 15 digits at most. It tells nothing of the alert by itself: who was shown it finds the alert by an
 * item that was written then.
 */
export function tinyIdOf(id: string): string {
  const digits = hasOwnForm(id) ? id.slice(BEGINNING) : id;
  return String(Number.parseInt(digits.slice(0, 12), 16));
}
