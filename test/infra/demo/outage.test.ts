import { expect, it } from 'vitest';
import { outage } from '../../../infra/demo/outage.ts';

it('the simulated outage tells different alerts apart', () => {
  const addresses = {
    ...{ api: '', console: '', status: '', socket: '', inbox: '', token: '', organisation: '' },
    ...{ alerts: '', certificate: '' },
    webhooks: { alertmanager: 'alertmanager' },
    events: { pagerduty: { url: 'pagerduty', routingKey: 'k' } },
  };
  const alerts = outage(addresses)
    .flatMap(({ send }) => send(new Date(0)))
    .filter(({ url }) => url === 'alertmanager')
    .flatMap(
      ({ body }) => (body as { alerts: { labels: { alertname: string }; fingerprint: string }[] }).alerts,
    );
  const prints = new Map(alerts.map(({ labels, fingerprint }) => [labels.alertname, fingerprint]));
  expect(prints.size).toBe(2);
  expect(new Set(prints.values()).size).toBe(2);
  for (const print of prints.values()) expect(print).toMatch(/^[0-9a-f]{16}$/);
});
