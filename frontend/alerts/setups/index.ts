import type { Source } from '../../../shared/alerts/sources/index.ts';
import type { Setup } from '../setup.ts';
import { alertmanager } from './alertmanager.ts';
import { alertmanagerApi } from './alertmanager-api.ts';
import { generic } from './generic.ts';
import { opsgenieApi } from './opsgenie-api.ts';
import { pagerdutyEvents } from './pagerduty-events.ts';

/** The setup of each source that alerts come from, in the order in which they are offered. */
export const setups: Readonly<Record<Source, Setup>> = {
  alertmanager,
  'alertmanager-api': alertmanagerApi,
  'opsgenie-api': opsgenieApi,
  'pagerduty-events': pagerdutyEvents,
  generic,
};

export const sourceNames = Object.keys(setups) as [Source, ...Source[]];
