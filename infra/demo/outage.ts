import { createHash } from 'node:crypto';
import type { Addresses } from './addresses.ts';

/** One thing that a monitoring tool sends. */
export interface Sending {
  readonly url: string;
  readonly body: unknown;
}

/** What a pipeline tells when it has put a version out, or back. */
export interface Told {
  readonly title: string;
  readonly service: string;
  readonly version: string;
}

/** One step of the outage, so many seconds after its beginning. */
export interface Step {
  readonly at: number;
  readonly say: string;
  readonly send: (now: Date) => readonly Sending[];
  /** A change that is told to the API, as pipelines do. */
  readonly change?: Told;
}

type Labels = Readonly<Record<string, string>>;

const latency = {
  alertname: 'CheckoutLatencyHigh',
  severity: 'warning',
  service: 'checkout',
  deploy: '4.2.0',
};
const errors = {
  alertname: 'CheckoutErrorRateHigh',
  severity: 'critical',
  service: 'checkout',
  deploy: '4.2.0',
};
const hosts = ['db-1', 'db-2', 'db-3'] as const;

/** The tools that watch the demo organisation, each saying things in its own form. */
function senders({ webhooks, events }: Addresses) {
  const began = new Map<string, string>();
  return {
    prometheus:
      (status: 'firing' | 'resolved', ...alerts: readonly Labels[]) =>
      (now: Date) => [{ url: webhooks.alertmanager ?? '', body: notification(status, alerts, now, began) }],
    database:
      (action: 'trigger' | 'resolve', ...names: readonly string[]) =>
      () =>
        names.map((name) => ({
          url: events.pagerduty.url,
          body: databaseEvent(action, name, events.pagerduty.routingKey),
        })),
    check: (state: 'down' | 'up') => () => [
      {
        url: webhooks.generic ?? '',
        body: {
          title: 'Search health check',
          service: 'search',
          state,
          key: 'search-health',
          severity: 'warning',
        },
      },
    ],
  };
}

/** A bad deploy of the checkout: latency, errors, a database that runs out of connections, a check that flaps, recovery. */
export function outage(addresses: Addresses): readonly Step[] {
  const { prometheus, database, check } = senders(addresses);
  return [
    {
      at: 0,
      say: 'Version 4.2.0 of the checkout is out. Nothing to see yet.',
      send: () => [],
      change: { title: 'Checkout 4.2.0', service: 'checkout', version: '4.2.0' },
    },
    { at: 45, say: 'Latency of the checkout rises above one second.', send: prometheus('firing', latency) },
    { at: 110, say: 'The checkout answers 7 % with errors.', send: prometheus('firing', latency, errors) },
    { at: 150, say: 'The database refuses connections, host after host.', send: database('trigger', 'db-1') },
    { at: 165, say: 'A second database host.', send: database('trigger', 'db-2') },
    { at: 180, say: 'A third one: the threshold is reached.', send: database('trigger', 'db-3') },
    { at: 240, say: 'A health check of the search begins to flap.', send: check('down') },
    { at: 260, say: 'It is up …', send: check('up') },
    { at: 280, say: '… and down again …', send: check('down') },
    { at: 300, say: '… and up.', send: check('up') },
    {
      at: 330,
      say: 'Prometheus repeats. Nothing new may come of it.',
      send: prometheus('firing', latency, errors),
    },
    {
      at: 420,
      say: 'Version 4.1.9 is back. Connections are free again.',
      send: database('resolve', ...hosts),
      change: { title: 'Roll back of the checkout to 4.1.9', service: 'checkout', version: '4.1.9' },
    },
    { at: 480, say: 'The checkout recovers.', send: prometheus('resolved', latency, errors) },
  ];
}

/** The body of an Alertmanager webhook, version 4. */
function notification(
  status: 'firing' | 'resolved',
  alerts: readonly Labels[],
  now: Date,
  began: Map<string, string>,
) {
  const [first] = alerts;
  const service = first?.service ?? '';
  return {
    version: '4',
    groupKey: `{}:{service="${service}"}`,
    truncatedAlerts: 0,
    status,
    receiver: 'incidents',
    groupLabels: { service },
    commonLabels: { service },
    commonAnnotations: {},
    externalURL: 'http://prometheus.example.com:9093',
    alerts: alerts.map((labels) => {
      const name = labels.alertname ?? '';
      const startsAt = began.get(name) ?? now.toISOString();
      began.set(name, startsAt);
      return {
        status,
        labels,
        annotations: { summary: `${name} on ${labels.service}` },
        startsAt,
        endsAt: status === 'resolved' ? now.toISOString() : '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus.example.com:9090/graph',
        fingerprint: createHash('sha256').update(name).digest('hex').slice(0, 16),
      };
    }),
  };
}

function databaseEvent(event_action: 'trigger' | 'resolve', host: string, routing_key: string) {
  const event = { routing_key, event_action, dedup_key: `${host}/connections` };
  if (event_action === 'resolve') return event;
  const payload = {
    summary: `Database connection refused on ${host}`,
    source: host,
    severity: 'error',
    component: 'payments-database',
  };
  return { ...event, payload };
}
