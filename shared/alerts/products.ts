import type { Origin } from './sources/index.ts';

/** What people call the product behind each origin: also where nothing else of its translator is needed. */
export const products: Readonly<Record<Origin, string>> = {
  alertmanager: 'Prometheus Alertmanager',
  'alertmanager-api': 'Prometheus (Alertmanager API v2)',
  'opsgenie-api': 'Opsgenie (Alert API)',
  'pagerduty-events': 'PagerDuty Events',
  cloudwatch: 'Amazon CloudWatch (SNS)',
  eventbridge: 'Amazon EventBridge',
  email: 'E-mail',
  pagerduty: 'PagerDuty',
  opsgenie: 'Opsgenie',
  sentry: 'Sentry',
  github: 'GitHub',
  datadog: 'Datadog',
  grafana: 'Grafana',
  newrelic: 'New Relic',
  'uptime-kuma': 'Uptime Kuma',
  cloudevents: 'CloudEvents',
  generic: 'Any JSON over HTTP',
  heartbeat: 'Heartbeat',
};

/** The same in the middle of a sentence about somebody who did something there. */
export const toolOf = (origin: Origin): string =>
  origin === 'generic' ? 'another tool' : products[origin].replace(/ \(.*\)$/, '');
