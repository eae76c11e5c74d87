import { describe, expect, test } from 'vitest';
import type { ApiClient } from '../../../infra/demo/api-client.ts';
import { watchIncidents } from '../../../infra/demo/changes.ts';

/** An API with incidents that a test changes and logs that it adds to. */
function api(...names: readonly string[]) {
  const incidents = names.map((name) => ({
    ...{ id: `inc_${name}`, name, severity: 'P2_HIGH', title: `${name} is down` },
    state: 'triggered',
    log: ['incident.opened', 'alerts.changed'],
  }));
  const call: ApiClient = async (_, path) => {
    const url = new URL(path, 'http://api');
    const [, , , id, logs] = url.pathname.split('/');
    const found = incidents.find((incident) => incident.id === id);
    const after = Number(url.searchParams.get('after'));
    const items = found?.log.map((type, i) => ({ type, seq: i + 1 })).filter(({ seq }) => seq > after);
    const body =
      logs !== undefined
        ? { items, last: Math.max(after, found?.log.length ?? 0) }
        : (found ?? { items: incidents });
    return {
      headers: new Headers(),
      bytes: new Uint8Array(),
      body: structuredClone(body) as Record<string, unknown>,
    };
  };
  return { call, incidents };
}

describe('what becomes of incidents', () => {
  test('one that was open already and is joined is told once, and counts as changed', async () => {
    const { call, incidents } = api('INC-1', 'INC-2');
    const changes = await watchIncidents(call);
    expect(await changes.look()).toEqual([]);
    incidents[1]?.log.push('incident.noted');
    expect(await changes.look()).toEqual([]);
    incidents[1]?.log.push('alerts.changed');
    expect(await changes.look()).toEqual(['INC-2 joined, which was open already: INC-2 is down']);
    expect([changes.count(), changes.open()]).toEqual([1, ['INC-2']]);
    incidents[1]?.log.push('alerts.changed');
    expect(await changes.look()).toEqual([]);
  });

  test('a new one and a change are told', async () => {
    const { call, incidents } = api('INC-1');
    const changes = await watchIncidents(call);
    const [first] = incidents;
    if (!first) throw new Error('There is one');
    incidents.push({ ...first, id: 'inc_INC-2', name: 'INC-2', title: 'New' });
    first.state = 'resolved';
    expect(await changes.look()).toEqual([
      'INC-1 is now resolved, P2_HIGH, INC-1 is down',
      'INC-2 opened: triggered, P2_HIGH, New',
    ]);
    expect(changes.open()).toEqual(['INC-2']);
  });
});
