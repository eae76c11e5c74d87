import { isRecord } from '../../../kernel/index.ts';
import type { AlertSource } from '../../source.ts';
import { keyOnly } from '../../verification.ts';
import { isAlert, translateGroup } from '../alertmanager/index.ts';
import { translateGeneric } from './any.ts';
import { translateMapped } from './mapped.ts';

/**
 * Any JSON, as the integration's mapping says where there is one. A notification in Alertmanager's form, which others copied, is
 * read as one also at a generic address.
 */
export const generic: AlertSource = {
  product: 'Any JSON over HTTP',
  verification: keyOnly,
  translate(body, receipt) {
    if (receipt.mapping !== undefined) return translateMapped(body, receipt, receipt.mapping);
    const alerts = isRecord(body) ? body.alerts : undefined;
    const group = Array.isArray(alerts) && alerts.some(isAlert) ? translateGroup(body, receipt) : undefined;
    return group ?? translateGeneric(body, receipt, { generic: false });
  },
};
