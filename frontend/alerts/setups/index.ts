import type { Source } from '../../../shared/alerts/sources/index.ts';
import type { Setup } from '../setup.ts';
import { alertmanager } from './alertmanager.ts';
import { alertmanagerApi } from './alertmanager-api.ts';
import { cloudevents } from './cloudevents.ts';
import { cloudwatch } from './cloudwatch.ts';
import { datadog } from './datadog.ts';
import { email } from './email.ts';
import { eventbridge } from './eventbridge.ts';
import { generic } from './generic.ts';
import { github } from './github.ts';
import { grafana } from './grafana.ts';
import { newrelic } from './newrelic.ts';
import { opsgenie } from './opsgenie.ts';
import { opsgenieApi } from './opsgenie-api.ts';
import { pagerduty } from './pagerduty.ts';
import { pagerdutyEvents } from './pagerduty-events.ts';
import { sentry } from './sentry.ts';
import { uptimeKuma } from './uptime-kuma.ts';

/** The setup of each source that alerts come from, in the order in which they are offered. */
export const setups: Readonly<Record<Source, Setup>> = {
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
};

export const sourceNames = Object.keys(setups) as [Source, ...Source[]];
