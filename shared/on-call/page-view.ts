import type * as z from 'zod';
import { impossible, toText } from '../kernel/index.ts';
import type { onCallApi } from './api.ts';
import type { Delivery } from './delivery.ts';

/** A page as the API shows it. */
export type PageView = z.input<(typeof onCallApi)['list-pages']['answer']>['items'][number];

/** What became of telling one person by one channel about one step. */
export function viewPage(delivery: Delivery): PageView {
  const { generation, step, person, channel, attempts, possiblyAgain } = delivery;
  return { generation, step, person, channel, ...became(delivery), attempts, possiblyAgain };
}

function became(delivery: Delivery): Pick<PageView, 'state' | 'at' | 'reason'> {
  switch (delivery.state) {
    case 'planned':
    case 'claimed':
      return { state: delivery.state };
    case 'sent':
      return { state: 'sent', at: toText(delivery.sentAt) };
    case 'failed':
      return {
        state: delivery.refused ? 'refused' : 'failed',
        at: toText(delivery.failedAt),
        reason: delivery.reason,
      };
    case 'dropped':
      return { state: 'dropped', at: toText(delivery.droppedAt), reason: delivery.why };
    default:
      return impossible(delivery);
  }
}

/** In the order in which they were planned; those of one step by person. */
export function comparePages(a: PageView, b: PageView): number {
  return a.generation - b.generation || a.step - b.step || (a.person < b.person ? -1 : 1);
}
