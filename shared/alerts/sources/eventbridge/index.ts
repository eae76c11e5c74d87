import { isRecord, type JsonRecord } from '../../../kernel/index.ts';
import { limits } from '../../limits.ts';
import { outline, textOf } from '../../reading.ts';
import type { AlertSource } from '../../source.ts';
import { keyOnly } from '../../verification.ts';
import { translateGeneric } from '../generic/any.ts';
import { isEvent, translateEvent } from './event.ts';

/** Events of Amazon EventBridge: of this AWS account by a rule of the stack, of others as an API destination posts them. */
export const eventbridge: AlertSource = {
  product: 'Amazon EventBridge',
  verification: keyOnly,
  translate(body, receipt) {
    if (!isRecord(body) || !isEvent(body)) return translateGeneric(body, receipt, { generic: true });
    const said = translateEvent(body, receipt);
    const delivery = textOf(body.id);
    const all = said ?? translateGeneric({ ...strange(body), ...body }, receipt, { generic: true });
    return delivery === undefined ? all : { ...all, delivery };
  },
};

/** Of an event that nobody here reads: what it is called, and how its detail begins. */
function strange(event: JsonRecord): JsonRecord {
  return { title: event['detail-type'], description: outline(event.detail, limits.title) };
}
