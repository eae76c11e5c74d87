import type { AlertSource } from '../source.ts';
import { alertmanager } from './alertmanager/index.ts';
import { alertmanagerApi } from './alertmanager-api/index.ts';
import { cloudevents } from './cloudevents/index.ts';
import { cloudwatch } from './cloudwatch/index.ts';
import { datadog } from './datadog/index.ts';
import { email } from './email/index.ts';
import { eventbridge } from './eventbridge/index.ts';
import { generic } from './generic/index.ts';
import { github } from './github/index.ts';
import { grafana } from './grafana/index.ts';
import { newrelic } from './newrelic/index.ts';
import { opsgenie } from './opsgenie/index.ts';
import { opsgenieApi } from './opsgenie-api/index.ts';
import { pagerduty } from './pagerduty/index.ts';
import { pagerdutyEvents } from './pagerduty-events/index.ts';
import { sentry } from './sentry/index.ts';
import { uptimeKuma } from './uptime-kuma/index.ts';

/** Every source, by its name in addresses: the one list. */
export const sources = {
  alertmanager,
  'alertmanager-api': alertmanagerApi,
  'opsgenie-api': opsgenieApi,
  'pagerduty-events': pagerdutyEvents,
  cloudwatch,
  eventbridge,
  email,
  pagerduty,
  opsgenie,
  sentry,
  github,
  datadog,
  grafana,
  newrelic,
  'uptime-kuma': uptimeKuma,
  cloudevents,
  generic,
} as const satisfies Readonly<Record<string, AlertSource>>;

export type Source = keyof typeof sources;

/** Where signals come from: a source, or heartbeats that stayed away. */
export type Origin = Source | 'heartbeat';

/** The names of all sources. */
export const sourceNames = Object.keys(sources) as [Source, ...Source[]];
