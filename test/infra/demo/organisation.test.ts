import { describe, expect, it } from 'vitest';
import type { Addresses } from '../../../infra/demo/addresses.ts';
import type { ApiClient } from '../../../infra/demo/api-client.ts';
import { DEMO_SOURCES, ensureDoors } from '../../../infra/demo/organisation.ts';

const before: Addresses = {
  api: 'http://127.0.0.1:4000/live',
  ...{
    console: 'http://127.0.0.1:4001',
    alerts: '',
    certificate: '',
    status: '',
    socket: '',
    inbox: '',
    token: 't',
    organisation: 'org_1',
  },
  webhooks: {
    alertmanager: 'http://127.0.0.1:4000/live/webhooks/alertmanager/a1',
    generic: 'http://127.0.0.1:4000/live/webhooks/generic/b2',
  },
  events: { pagerduty: { url: 'http://127.0.0.1:4000/live/v2/enqueue', routingKey: 'k' } },
};
const api = 'http://127.0.0.1:5000/live';

/** An API with integrations of these sources, and what was made there. */
function integrations(...sources: readonly string[]) {
  const made: unknown[] = [];
  const call: ApiClient = async (method, _, body) => {
    if (method === 'POST') made.push(body);
    const told =
      method === 'GET'
        ? { items: sources.map((source) => ({ source })) }
        : { url: 'https://127.0.0.1:4004/webhooks/any/new', routingKey: 'new' };
    return { headers: new Headers(), body: told, bytes: new Uint8Array() };
  };
  return { call, made };
}

describe('the addresses that senders of the demo use', () => {
  it('keep their keys where the API is at another port', async () => {
    const { call, made } = integrations(...DEMO_SOURCES, 'pagerduty-events');
    expect(await ensureDoors(call, { api, organisation: 'org_1' }, before)).toEqual({
      webhooks: { alertmanager: `${api}/webhooks/alertmanager/a1`, generic: `${api}/webhooks/generic/b2` },
      events: { pagerduty: { url: `${api}/v2/enqueue`, routingKey: 'k' } },
    });
    expect(made).toEqual([]);
  });

  it('are made anew where their integrations are gone', async () => {
    const { call, made } = integrations();
    const now = { api, organisation: 'org_1' };
    expect(await ensureDoors(call, now, before)).toEqual({
      webhooks: { alertmanager: `${api}/webhooks/any/new`, generic: `${api}/webhooks/any/new` },
      events: { pagerduty: { url: `${api}/webhooks/any/new`, routingKey: 'new' } },
    });
    expect(made).toHaveLength(3);
  });

  it('are made anew for another organisation', async () => {
    const { call, made } = integrations(...DEMO_SOURCES, 'pagerduty-events');
    const now = { api, organisation: 'org_2' };
    expect((await ensureDoors(call, now, before)).events.pagerduty.routingKey).toBe('new');
    expect(made).toHaveLength(3);
  });
});
