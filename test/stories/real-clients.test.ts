import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { event } from '@pagerduty/pdjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateFile } from '../../infra/local/gateway/certificate.ts';
import { MINUTE } from '../../shared/kernel/index.ts';
import { type App, startApp } from '../support/app.ts';
import { opsgenieClient } from '../support/opsgenie-client.ts';

describe('the clients of others, with another host and key', { timeout: 120_000 }, () => {
  let app: App;
  let host: string;
  let ca: string;
  beforeAll(async () => {
    app = await startApp();
    host = app.system.outputs.AlertsOutput ?? '';
    ca = readFileSync(join(app.system.data, certificateFile), 'utf8');
  }, 120_000);
  afterAll(() => app.stop());

  const keyFor = async (source: string) => {
    const { body } = await app.call('POST', '/api/integrations', { name: source, source });
    return String(body.routingKey);
  };
  const found = async (name: string) => {
    await app.system.idle();
    return (await app.incidents()).filter(({ title }) => title.includes(name));
  };

  describe("PagerDuty's own, @pagerduty/pdjs", () => {
    let routing_key: string;
    let agent: Agent;
    beforeAll(async () => {
      routing_key = await keyFor('pagerduty-events');
      agent = new Agent({ ca, keepAlive: false });
    });
    afterAll(() => agent.destroy());

    const say = async (more: object, type: 'event' | 'change' = 'event') => {
      const server = new URL(host).host;
      // What it does not know itself it hands on to fetch.
      const options = { server, type, agent, data: { routing_key, ...more } };
      const { data, response } = await event(options as unknown as Parameters<typeof event>[0]);
      return [response.status, data] as const;
    };
    const payload = { summary: 'Ledger is locked', source: 'ledger-1', severity: 'critical' };

    it('triggers, acknowledges and resolves one incident', async () => {
      const dedup_key = 'ledger/lock';
      const processed = { status: 'success', message: 'Event processed', dedup_key };
      expect(await say({ event_action: 'trigger', dedup_key, payload })).toEqual([202, processed]);
      expect(await found('Ledger')).toMatchObject([{ state: 'triggered' }]);
      expect(await say({ event_action: 'acknowledge', dedup_key })).toEqual([202, processed]);
      expect(await found('Ledger')).toMatchObject([{ state: 'acknowledged' }]);
      expect(await say({ event_action: 'resolve', dedup_key })).toEqual([202, processed]);
      await app.system.clock.fastForward(MINUTE);
      expect(await found('Ledger')).toMatchObject([{ state: 'resolved' }]);
    });

    it('tells a change, which is no incident but a change of its service', async () => {
      const custom_details = { service: 'ledger', version: '9' };
      const told = await say({ payload: { summary: 'Deployed ledger 9', custom_details } }, 'change');
      expect(told).toEqual([202, { status: 'success', message: 'Change event processed' }]);
      expect(await found('Deployed')).toEqual([]);
      const { body } = await app.call('GET', '/api/changes?service=ledger');
      expect(body.items).toMatchObject([{ title: 'Deployed ledger 9', kind: 'deployment', version: '9' }]);
    });

    it('reads why an event is refused', async () => {
      const [status, body] = await say({ event_action: 'trigger', payload: {} });
      expect([status, body]).toMatchObject([400, { errors: ["'payload.summary' is missing or blank"] }]);
    });
  });

  describe("Opsgenie's own, opsgenie-sdk", () => {
    let client: ReturnType<typeof opsgenieClient>;
    beforeAll(async () => {
      client = opsgenieClient(host, await keyFor('opsgenie-api'), ca);
    });
    const alias = 'vault / sealed 100%';
    const named = { identifier: encodeURIComponent(alias), identifierType: 'alias' } as const;

    it('creates an alert, reads what became of the request, and shows the alert by each of its names', async () => {
      const asked = await client.create({
        message: 'Vault is sealed',
        alias,
        entity: 'Vault',
        priority: 'P1',
      });
      expect(asked).toMatchObject({ result: 'Request will be processed' });
      expect(await found('Vault')).toMatchObject([{ state: 'triggered', severity: 'P1_CRITICAL' }]);
      const { data } = (await client.status(String(asked.requestId))) as { data: Record<string, string> };
      expect(data).toMatchObject({ isSuccess: true, status: 'Created alert', alias });
      const shown = (await client.get({ identifier: data.alertId ?? '' })) as { data: { tinyId: string } };
      expect(shown).toMatchObject({ data: { id: data.alertId, alias, status: 'open', priority: 'P1' } });
      const byTiny = { identifier: shown.data.tinyId, identifierType: 'tiny' } as const;
      for (const name of [named, byTiny])
        expect(await client.get(name)).toMatchObject({ data: { id: data.alertId } });
    });

    it('adds a note, acknowledges and closes: it is one incident, and over', async () => {
      await client.note(named, 'Keys are on their way');
      await client.acknowledge(named);
      expect(await found('Vault')).toMatchObject([{ state: 'acknowledged' }]);
      await client.close(named);
      await app.system.idle();
      await app.system.clock.fastForward(MINUTE);
      const [incident, ...others] = await found('Vault');
      expect([incident?.state, others]).toEqual(['resolved', []]);
      expect(JSON.stringify(await app.facts(incident?.id ?? ''))).toContain('Keys are on their way');
    });

    it('closes what there is not, which is taken and opens nothing', async () => {
      const asked = await client.close({ identifier: 'nothing', identifierType: 'alias' });
      expect(asked).toMatchObject({ result: 'Request will be processed' });
      await app.system.idle();
      expect(await client.status(String(asked.requestId))).toMatchObject({
        data: { isSuccess: false, status: 'Alert does not exist' },
      });
      expect(await app.incidents('?state=open')).toEqual([]);
    });
  });
});
