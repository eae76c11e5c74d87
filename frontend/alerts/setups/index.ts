import type { Source } from '../../../shared/alerts/sources/index.ts';
import type { Setup } from '../setup.ts';
import { alertmanager } from './alertmanager.ts';
import { email } from './email.ts';
import { generic } from './generic.ts';
import { pagerdutyEvents } from './pagerduty-events.ts';

/** The setup of each source that alerts come from, in the order in which they are offered. */
export const setups: Readonly<Record<Source, Setup>> = {
  alertmanager,
  'pagerduty-events': pagerdutyEvents,
  email,
  generic,
};

export const sourceNames = Object.keys(setups) as [Source, ...Source[]];
