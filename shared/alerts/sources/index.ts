import type { AlertSource } from '../source.ts';
import { alertmanager } from './alertmanager/index.ts';
import { cloudevents } from './cloudevents/index.ts';
import { datadog } from './datadog/index.ts';
import { generic } from './generic/index.ts';
import { grafana } from './grafana/index.ts';
import { newrelic } from './newrelic/index.ts';
import { pagerdutyEvents } from './pagerduty-events/index.ts';
import { uptimeKuma } from './uptime-kuma/index.ts';

/** Every source, by its name in addresses: the one list. */
export const sources = {
  alertmanager,
  'pagerduty-events': pagerdutyEvents,
  datadog,
  grafana,
  newrelic,
  'uptime-kuma': uptimeKuma,
  cloudevents,
  generic,
} as const satisfies Readonly<Record<string, AlertSource>>;

export type Source = keyof typeof sources;

/** The names of all sources. */
export const sourceNames = Object.keys(sources) as [Source, ...Source[]];
