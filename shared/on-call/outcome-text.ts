import { type Instant, impossible } from '../kernel/index.ts';
import type { Delivery, DropReason } from './delivery.ts';

/** How channels are called in sentences. */
export const channelNames = {
  email: 'e-mail',
  sms: 'text message',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  webhook: 'webhook',
} as const satisfies Record<Delivery['channel'], string>;

const dropTexts: Readonly<Record<DropReason, string>> = {
  acknowledged: 'somebody had acknowledged',
  resolved: 'it was resolved',
  superseded: 'the incident had been opened anew',
  deleted: 'the incident was deleted',
  outdated: 'a later page of the incident was under way by the same channel',
  unreachable: 'that person is not in the configuration any more',
  'reached-otherwise': 'another channel had taken the page',
};

/** What became of one page, as a sentence, and when. */
export function outcomeText(page: Delivery): { readonly at?: Instant; readonly text: string } {
  const by = `By ${channelNames[page.channel]}: `;
  const maybe = page.possiblyAgain ? ' An earlier attempt may have arrived too.' : '';
  const leftOut =
    page.leftOutAt === undefined
      ? ''
      : ' The provider was known to be down, so another channel was asked first.';
  const again = `${maybe}${leftOut}`;
  switch (page.state) {
    case 'planned':
      return { text: `${by}planned, and not tried yet.` };
    case 'claimed':
      return { text: `${by}being handed to the provider now.${again}` };
    case 'sent':
      return { at: page.sentAt, text: `${by}taken by the provider.${again}` };
    case 'failed':
      if (page.leftOutAt === page.failedAt) return { at: page.failedAt, text: `${by}not asked yet.${again}` };
      return {
        at: page.failedAt,
        text: `${by}${page.refused ? 'refused' : 'failed'}: ${page.reason}${again}`,
      };
    case 'dropped':
      return { at: page.droppedAt, text: `${by}not sent, because ${dropTexts[page.why]}.${again}` };
    default:
      return impossible(page);
  }
}
