import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../../../infra/demo/api-client.ts';
import { ensureStatusPage } from '../../../infra/demo/status-page.ts';
import { tellPublic } from '../../../infra/demo/tell-public.ts';
import { statusApi } from '../../../shared/status/api.ts';

const proposed = {
  ...{ source: { incident: 'inc_1', generation: 1 }, title: 'Problem with Checkout', impact: 'major' },
  ...{ text: 'We look into it.', affected: [], internal: false },
};
const proposals = [
  { id: 'open_1', kind: 'publish-incident', state: 'investigating', ...proposed },
  { id: 'resolve_1', kind: 'publish-update', incident: 'pin_1', state: 'resolved', ...proposed },
];

/** An API that answers its page so, and remembers what it was asked. */
function recorder(page: object) {
  const asked: [string, unknown][] = [];
  const call: ApiClient = async (method, path, body) => {
    if (method !== 'GET') asked.push([`${method} ${path}`, body]);
    const told = method === 'GET' ? { ...page } : { id: `id_${asked.length}` };
    return { headers: new Headers(), body: told, bytes: new Uint8Array() };
  };
  return { asked, call };
}

describe('the simulation', () => {
  it('publishes what is proposed by the routes that its kinds name', async () => {
    const { asked, call } = recorder({ proposals });
    expect(await tellPublic(call)).toEqual([
      'Status page: Problem with Checkout, investigating',
      'Status page: Problem with Checkout, resolved',
    ]);
    expect(asked.map(([route]) => route)).toEqual([
      'POST /api/status/incidents',
      'POST /api/status/incidents/pin_1/updates',
    ]);
    expect(asked[0]?.[1]).toEqual({ ...proposed, state: 'investigating' });
    expect(statusApi['publish-update'].body.safeParse(asked[1]?.[1]).success).toBe(true);
  });
});

describe('the page of the demo', () => {
  it('is made once', async () => {
    const { asked, call } = recorder({ version: 8 });
    await ensureStatusPage(call, 'http://127.0.0.1:1');
    expect(asked).toEqual([]);
  });
});
