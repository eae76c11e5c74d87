import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { certificateFile } from '../../infra/local/gateway/certificate.ts';
import { MINUTE } from '../../shared/kernel/index.ts';
import {
  type AlertmanagerProcess,
  alertmanagerMissing,
  startAlertmanager,
} from '../support/alertmanager-process.ts';
import { type App, post, startApp } from '../support/app.ts';

const run = promisify(execFile);

/** The title of what came by each of Alertmanager's routes begins so, or holds it. */
const routes = ['ByWebhook', 'ByPagerduty', 'ByOpsgenie'] as const;

interface Made {
  readonly url: string;
  readonly routingKey?: string;
}

/** Alertmanager with a route to us by each protocol that it speaks. */
function configOf(host: string, ca: string, made: Readonly<Record<'webhook' | 'events' | 'genie', Made>>) {
  const tls = `http_config: { tls_config: { ca_file: '${ca}' } }`;
  return `
route:
  receiver: webhook
  group_by: [alertname]
  group_wait: 1ms
  group_interval: 200ms
  repeat_interval: 1h
  routes:
    - { receiver: pagerduty, matchers: [alertname = ByPagerduty] }
    - { receiver: opsgenie, matchers: [alertname = ByOpsgenie] }
receivers:
  - name: webhook
    webhook_configs: [{ url: '${made.webhook.url}', ${tls} }]
  - name: pagerduty
    pagerduty_configs: [{ url: '${made.events.url}', routing_key: '${made.events.routingKey}', ${tls} }]
  - name: opsgenie
    opsgenie_configs: [{ api_url: '${host}/', api_key: '${made.genie.routingKey}', ${tls} }]
`;
}

describe.skipIf(alertmanagerMissing)(
  `a real Alertmanager${alertmanagerMissing ? ` (${alertmanagerMissing})` : ''}`,
  { timeout: 120_000 },
  () => {
    let app: App;
    let alertmanager: AlertmanagerProcess;

    const made = async (source: string) =>
      (await app.call('POST', '/api/integrations', { name: source, source })).body as unknown as Made;
    beforeAll(async () => {
      app = await startApp();
      const webhook = await made('alertmanager');
      const events = await made('pagerduty-events');
      const genie = await made('opsgenie-api');
      const ca = join(app.system.data, certificateFile);
      const host = app.system.outputs.AlertsOutput ?? '';
      alertmanager = await startAlertmanager(configOf(host, ca, { webhook, events, genie }));
    }, 120_000);
    afterAll(async () => {
      await alertmanager?.stop();
      await app.stop();
    });

    const at = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();
    /** What a rule of Prometheus says of one instance by each route. */
    const tell = (instance: string, endsAt: string) =>
      post(
        `${alertmanager.address}/api/v2/alerts`,
        routes.map((alertname) => ({
          labels: { alertname, instance, service: alertname.toLowerCase(), severity: 'critical' },
          annotations: { summary: `${instance} does not answer` },
          startsAt: at(-1),
          endsAt,
        })),
      );
    const found = async (name: string) => {
      await app.system.idle();
      return (await app.incidents()).filter(({ title }) => title.includes(name));
    };
    /** Waits until what Alertmanager sends by each route has come. */
    const until = (what: (name: string) => Promise<void>) =>
      vi.waitFor(async () => void (await Promise.all(routes.map(what))), { timeout: 60_000, interval: 200 });
    const joined = async (id: string) =>
      ((await app.call('GET', `/api/incidents/${id}/alerts`)).body.items as readonly unknown[]).length;

    it('fires by webhook, as PagerDuty and as Opsgenie: one incident each, with its service', async () => {
      expect((await tell('web-1', at(60))).status).toBe(200);
      await until(async (name) => {
        expect(await found(name)).toMatchObject([{ state: 'triggered' }]);
      });
      expect(await found('ByWebhook')).toMatchObject([{ service: 'bywebhook', severity: 'P1_CRITICAL' }]);
      expect(await found('ByOpsgenie')).toMatchObject([{ service: 'byopsgenie', severity: 'P1_CRITICAL' }]);
    });

    it('says more of the same groups, and they stay one incident each', async () => {
      await tell('web-2', at(60));
      await vi.waitFor(
        async () => {
          const [incident] = await found('ByWebhook');
          expect(await joined(incident?.id ?? '')).toBe(2);
        },
        { timeout: 60_000, interval: 200 },
      );
      for (const name of routes) expect(await found(name)).toHaveLength(1);
    });

    it('resolves, and each incident ends', async () => {
      await tell('web-1', at(-0.01));
      await tell('web-2', at(-0.01));
      await until(async (name) => {
        await app.system.clock.fastForward(15_000);
        expect(await found(name)).toMatchObject([{ state: 'resolved' }]);
      });
      expect(await app.incidents('?state=open')).toEqual([]);
    });
  },
);

describe.skipIf(alertmanagerMissing)(
  `amtool${alertmanagerMissing ? ` (${alertmanagerMissing})` : ''}`,
  { timeout: 120_000 },
  () => {
    let app: App;
    let url: string;
    beforeAll(async () => {
      app = await startApp();
      const body = { name: 'Prometheus', source: 'alertmanager-api' };
      const { pathname } = new URL(String((await app.call('POST', '/api/integrations', body)).body.url));
      url = `${app.addresses.api}${pathname}`;
    }, 120_000);
    afterAll(() => app.stop());

    const amtool = async (...words: readonly string[]) => {
      const { stdout } = await run('amtool', [`--alertmanager.url=${url}`, ...words]);
      await app.system.idle();
      return stdout;
    };
    const states = async () => (await app.incidents()).map(({ title, state }) => `${title} ${state}`);

    /** Each minute on its own: in one leap the sweep runs once, where it may ask after an end and leave what follows to the next. */
    const minutes = async (count: number) => {
      for (let i = 0; i < count; i++) await app.system.clock.fastForward(MINUTE);
    };

    it('reads the status before it begins', async () => {
      expect(await amtool('config', 'show')).toBeDefined();
    });

    it('adds an alert, which ends by itself when nothing more is said of it', async () => {
      await amtool('alert', 'add', 'alertname=ByHand', 'service=basket', 'severity=critical');
      expect(await states()).toEqual(['ByHand triggered']);
      await minutes(4);
      expect(await states()).toEqual(['ByHand triggered']);
      await minutes(6);
      expect(await states()).toEqual(['ByHand resolved']);
    });
  },
);
