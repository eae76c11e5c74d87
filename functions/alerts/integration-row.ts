import { type IntegrationOptions, type Source, sources } from '../../shared/alerts/index.ts';
import { type Instant, type IntegrationId, type OrganisationId, toText } from '../../shared/kernel/index.ts';
import type { IntegrationDoor, SecretVersion } from '../aws/doors.ts';
import type { Activity } from '../aws/integration-activity.ts';

/**
 * An integration as stored in the list. The hashes of its keys are kept, so that their doors can be changed and closed; the keys
 * and secrets are nowhere. What an earlier version wrote has only the first five, and no version.
 */
export interface IntegrationRow {
  readonly id: IntegrationId;
  readonly name: string;
  readonly source: Source;
  readonly createdAt: Instant;
  readonly door: string;
  readonly version?: number;
  /** The door of the key before, until its end. */
  readonly oldDoor?: { readonly hash: string; readonly until: Instant };
  readonly paused?: boolean;
  readonly secrets?: readonly SecretVersion[];
  readonly unsignedUntil?: Instant;
  readonly options?: IntegrationOptions;
}

/** The door of an integration's key, as its row says. */
export function doorOf(org: OrganisationId, row: IntegrationRow): IntegrationDoor {
  const { id, name, source, paused, secrets, unsignedUntil, options } = row;
  return {
    ...{ kind: 'integration', org, id, name, source },
    ...(paused && { paused }),
    ...(secrets && { secrets }),
    ...(unsignedUntil !== undefined && { unsignedUntil }),
    ...(options && { options }),
  };
}

/** The integration as the API shows it at this time. */
export function viewOf(row: IntegrationRow, activity: Activity, now: Instant) {
  const { id, name, source, createdAt, oldDoor, secrets = [], unsignedUntil } = row;
  const signing = signingOf(source);
  const oldSecret = secrets.find(({ until }) => until !== undefined)?.until;
  const { lastSeenAt, alerts, refused = 0, lastRefusedAt, lastRefusedReason, overLimitAt } = activity;
  return {
    ...{ id, name, source, createdAt: toText(createdAt) },
    paused: row.paused ?? false,
    signed: secrets.length > 0,
    options: { ...row.options } as Readonly<Record<string, unknown>>,
    ...(signing && { secretBy: signing.secretBy }),
    ...ending('oldKeyUntil', oldDoor?.until, now),
    ...ending('oldSecretUntil', oldSecret, now),
    ...ending('unsignedUntil', unsignedUntil, now),
    ...(lastSeenAt !== undefined && { lastSeenAt: toText(lastSeenAt) }),
    ...{ alerts, refused },
    ...(lastRefusedAt !== undefined && {
      lastRefused: { at: toText(lastRefusedAt), reason: lastRefusedReason ?? '' },
    }),
    ...(overLimitAt !== undefined && { overLimitAt: toText(overLimitAt) }),
  };
}

type End = 'oldKeyUntil' | 'oldSecretUntil' | 'unsignedUntil';

const ending = (name: End, until: Instant | undefined, now: Instant) =>
  until !== undefined && until > now ? { [name]: toText(until) } : {};

/** What nothing was heard of yet. */
export const noActivity: Activity = { alerts: { hour: 0, day: 0 } };

/** Where senders of this deployment are told to send. */
export interface Hosts {
  readonly alertsUrl: string;
  /** `none` where no mail is received. */
  readonly inboundDomain: string;
}

/** What a sender is set up with: a full address, or an address that all share and a routing key. */
export function addressOf(source: Source, secret: string, { alertsUrl, inboundDomain }: Hosts) {
  if (source === 'email') return { url: `mailto:${secret}@${inboundDomain}` };
  const base = alertsUrl.replace(/\/+$/, '');
  const shared = sharedPaths[source];
  return shared === undefined
    ? { url: `${base}/webhooks/${source}/${secret}` }
    : { url: `${base}${shared}`, routingKey: secret };
}

/** Sources whose clients know one address for everybody and send their key by themselves. */
const sharedPaths: Partial<Readonly<Record<Source, string>>> = {
  'pagerduty-events': '/v2/enqueue',
  'opsgenie-api': '/v2/alerts',
};

/** How bodies of a source are signed; undefined where it cannot sign. */
export function signingOf(source: Source) {
  const { verification } = sources[source];
  return verification.scheme === 'hmac' ? verification : undefined;
}
