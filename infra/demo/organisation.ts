import { DAY } from '../../shared/kernel/index.ts';
import type { Addresses } from './addresses.ts';
import type { ApiClient } from './api-client.ts';
import { demoConfiguration, demoPeople } from './configuration.ts';

export const DEMO_SOURCES = ['alertmanager', 'generic'] as const;
const EVENTS = 'pagerduty-events';

/** What the demo organisation is made with. */
export interface Founding {
  readonly name: string;
  readonly administrator: string;
  /** The clock of the system, in milliseconds since the epoch. */
  readonly now: number;
}

/** The organisation that is there. */
export interface Founded {
  readonly id: string;
  /** As it was called when it was made. */
  readonly name: string;
}

/** Finds the demo organisation or makes it, with its configuration, through the public API. */
export async function ensureOrganisation(
  call: ApiClient,
  { name, administrator, now }: Founding,
): Promise<Founded> {
  const { body: me } = await call('GET', '/api/me');
  const [known] = me.organisations as readonly Founded[];
  const made = known ?? { id: String((await call('POST', '/api/organisations', { name })).body.id), name };
  // Also when an earlier start was stopped between the two.
  const { body, headers } = await call('GET', '/api/config');
  if (body.version === 0) {
    // Of today the hand-off may be still to come, and until then nobody would be on call.
    const yesterday = new Date(now - DAY).toISOString().slice(0, 10);
    await call('PUT', '/api/config', demoConfiguration(administrator, yesterday), {
      'if-match': headers.get('etag') ?? '"0"',
    });
  }
  await ensureMembers(call);
  return made;
}

/** The people who are paged can also sign in. */
async function ensureMembers(call: ApiClient): Promise<void> {
  const { body } = await call('GET', '/api/members');
  const known = new Set((body.items as readonly { readonly email?: string }[]).map(({ email }) => email));
  for (const { name, email } of demoPeople) {
    if (!known.has(email)) await call('POST', '/api/members', { name, email, role: 'responder' });
  }
}

type Doors = Pick<Addresses, 'webhooks' | 'events'>;

/**
 * The addresses that senders use. Their keys are shown only when they are made, so those of the last start are kept as long
 * as their integrations exist, at the address that the API has now. Who signs in may belong to another organisation than last time.
 */
export async function ensureDoors(
  call: ApiClient,
  { api, organisation }: Pick<Addresses, 'api' | 'organisation'>,
  before: Addresses | undefined,
): Promise<Doors> {
  const { body } = await call('GET', '/api/integrations');
  const known = new Set((body.items as readonly { readonly source: string }[]).map(({ source }) => source));
  const isOurs = before?.organisation === organisation;
  if (before && isOurs && [...DEMO_SOURCES, EVENTS].every((source) => known.has(source)))
    return movedTo(api, before);
  const webhooks: Record<string, string> = {};
  for (const source of DEMO_SOURCES) webhooks[source] = plain(api, (await create(call, source)).url);
  const { url, routingKey } = await create(call, EVENTS);
  return { webhooks, events: { pagerduty: { url: plain(api, url), routingKey: String(routingKey) } } };
}

/** The same door at the API itself, where scripts on this machine need not know a certificate. */
const plain = (api: string, url: unknown): string => api + new URL(String(url)).pathname;

/** The same addresses where the API is now: another port leaves the keys as they are. */
function movedTo(api: string, { api: old, webhooks, events }: Addresses): Doors {
  const moved = (url: string) => (url.startsWith(`${old}/`) ? api + url.slice(old.length) : url);
  const { url, routingKey } = events.pagerduty;
  return {
    webhooks: Object.fromEntries(Object.entries(webhooks).map(([source, one]) => [source, moved(one)])),
    events: { pagerduty: { url: moved(url), routingKey } },
  };
}

async function create(call: ApiClient, source: string) {
  return (await call('POST', '/api/integrations', { name: `Demo ${source}`, source })).body;
}
