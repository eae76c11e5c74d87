import { type Instant, MINUTE } from '../../shared/kernel/index.ts';
import { isOutdated, type StoredPage } from '../../shared/status/index.ts';
import { functions, type RefreshMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { type Outgoing, sendTo } from '../aws/queue.ts';
import { readSettings } from '../aws/settings.ts';
import { schedule } from '../edge/schedule.ts';
import { storedPages } from './stored-pages.ts';

const { publishQueue } = readSettings(functions.Refresh.env);

/** Has the publisher write pages anew of which time alone has changed what they show. */
export const handler = schedule(async () => {
  const now = clock.now();
  const outdated = (await storedPages()).filter(({ state, writtenAt }) => isOutdated(state, writtenAt, now));
  if (outdated.length > 0) await sendTo(publishQueue).send(outdated.map((one) => refreshMessage(one, now)));
});

function refreshMessage({ page, root }: StoredPage, now: Instant): Outgoing {
  const body: RefreshMessage = { kind: 'refresh', page, root };
  return { body, group: page, name: `${page}-at-${Math.floor(now / MINUTE)}` };
}
