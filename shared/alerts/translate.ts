import { isRecord } from '../kernel/index.ts';
import type { Source } from './signal.ts';
import { alertmanager, isAlert, translateGroup } from './sources/alertmanager.ts';
import { translateGeneric } from './sources/generic.ts';
import { pagerdutyEvents } from './sources/pagerduty-events.ts';
import type { Translator } from './translation.ts';

/** Any JSON. A notification in Alertmanager's form, which others copied, is read as one also at a generic address. */
const generic: Translator = {
  source: 'generic',
  translate(body, receipt) {
    const alerts = isRecord(body) ? body.alerts : undefined;
    const group = Array.isArray(alerts) && alerts.some(isAlert) ? translateGroup(body, receipt) : undefined;
    return group ?? translateGeneric(body, receipt, { generic: false });
  },
};

/** One translator for each source. */
export const translators: Readonly<Record<Source, Translator>> = {
  alertmanager,
  'pagerduty-events': pagerdutyEvents,
  generic,
};
