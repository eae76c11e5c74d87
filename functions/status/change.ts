import type { Ctx } from '../../shared/kernel/index.ts';
import type { PageCommand, PageFact } from '../../shared/status/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { announcements } from '../aws/mailing.ts';
import { commandPage, pageOfOrganisation } from '../aws/page-log.ts';
import { sendToPublisher } from '../aws/publisher.ts';
import { sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';
import { versionIn } from '../edge/if-match.ts';
import type { AnyRequest } from '../edge/verb.ts';

type Changing = Pick<AnyRequest, 'headers' | 'cause'> & { readonly ctx: Ctx };

/** Carries out a command on the organisation's page and tells the publisher at once: whoever changed it waits for it to be seen. */
export async function change(
  { ctx, headers, cause }: Changing,
  command: PageCommand,
): Promise<{ readonly version: number }> {
  const expectedVersion = versionIn(headers);
  const recording = { actor: ctx.actor, now: clock.now(), cause };
  const { version, facts } = await commandPage(ctx.org, pageOfOrganisation(ctx.org), command, {
    ...recording,
    ...(expectedVersion !== undefined && { expectedVersion }),
  });
  await allDone([sendToPublisher(facts), announceAll(facts)]);
  return { version };
}

async function announceAll(facts: readonly PageFact[]): Promise<void> {
  const messages = announcements(facts);
  if (messages.length > 0) await sendTo(setting('mailingQueue')).send(messages);
}
