import { isRecord, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';
import type { AlertSource, Translation } from '../../source.ts';
import { keyOnly } from '../../verification.ts';
import { translateGeneric } from '../generic/any.ts';
import { translateAction } from './act.ts';
import { translateCreate } from './create.ts';

/**
 * Opsgenie's Alert API, version 2, as a drop-in. Its requests say what they do in method and path, so the entrance puts that
 * beside the body; a bare body creates an alert. Source: Opsgenie's OpenAPI description of 2021.
 */
export const opsgenieApi: AlertSource = {
  product: 'Opsgenie (Alert API)',
  verification: keyOnly,
  translate(body, receipt): Translation {
    const said = recordOf(body);
    if (typeof said.opsgenie_action === 'string') return translateAction(said, receipt);
    if (Object.hasOwn(said, 'opsgenie_create')) return translateCreate(said.opsgenie_create, receipt);
    const isAlert = isRecord(body) && textOf(body.message) !== undefined;
    return isAlert ? translateCreate(body, receipt) : translateGeneric(body, receipt, { generic: true });
  },
};
