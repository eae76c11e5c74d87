import { createHmac } from 'node:crypto';
import { type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import {
  type ChannelOutcome,
  notSetUp,
  type PageContent,
  type Person,
  type ProviderRequest,
  renderPage,
  type SetChannel,
  type SettingsOf,
  slackOutcome,
  slackRequest,
  teamsOutcome,
  teamsRequest,
  textMessage,
  webhookOutcome,
  webhookRequest,
  withWish,
} from '../../shared/on-call/index.ts';
import { loadChannel } from '../aws/channel-settings.ts';
import { clock } from '../aws/clock.ts';
import { mailRefusal, sendMail } from '../aws/mail.ts';
import { sendSms, smsRefusal } from '../aws/sms.ts';
import { OutboundFailure, send } from '../edge/outbound.ts';
import type { DeliveryAsked } from './messages.ts';

/** What became of a page, and the error behind it when there was one. */
export type Provided = ChannelOutcome & {
  readonly error?: unknown;
  /** We refused it ourselves, so that nothing is known of the provider. */
  readonly isUnasked?: true;
};

/** A page as its provider is asked to take it. */
export interface Asked extends Pick<DeliveryAsked, 'org' | 'channel'> {
  /** The name of the delivery intent: the same in every attempt, so that a receiver knows a repetition. */
  readonly eventId: string;
}

/** Hands a page to the provider of its channel, once. Never throws: what is wrong is an outcome. */
export async function provide(asked: Asked, person: Person, page: PageContent): Promise<Provided> {
  const address = person[asked.channel];
  if (address === undefined) return refused(`'${person.id}' has no address for this channel any more.`);
  switch (asked.channel) {
    case 'email':
      return byAws(() => sendMail({ to: address, ...renderPage(page) }), mailRefusal);
    case 'sms':
      return withSettings(asked.org, 'sms', (settings) =>
        byAws(() => sendSms(address, textMessage(page), settings), smsRefusal),
      );
    case 'slack':
      return withSettings(asked.org, 'slack', (settings) =>
        byHttp(slackRequest(settings, address, page), slackOutcome),
      );
    case 'teams':
      return byHttp(teamsRequest(address, page), (answer) => teamsOutcome(answer, asked.eventId));
    case 'webhook':
      return withSettings(asked.org, 'webhook', ({ secret }) => {
        const sign = (text: string) => createHmac('sha256', secret).update(text).digest('hex');
        const request = webhookRequest(address, page, asked.eventId, sign);
        return byHttp(request, (answer) => webhookOutcome(answer, asked.eventId));
      });
  }
}

const refused = (reason: string): Provided => ({ outcome: 'refused', reason, isUnasked: true });

/** Without settings nothing is sent, which is no success; settings that cannot be read now are read again. */
async function withSettings<Channel extends SetChannel>(
  org: OrganisationId,
  channel: Channel,
  call: (settings: SettingsOf<Channel>) => Promise<Provided>,
): Promise<Provided> {
  try {
    const settings = await loadChannel(org, channel);
    return settings === undefined ? refused(notSetUp(channel)) : await call(settings);
  } catch (error) {
    return {
      outcome: 'failed',
      reason: 'the settings of the channel could not be read',
      certain: true,
      isDown: false,
      error,
    };
  }
}

async function byAws(
  call: () => Promise<string>,
  refusalOf: (error: unknown) => string | undefined,
): Promise<Provided> {
  try {
    return { outcome: 'sent', providerId: await call() };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined) return { outcome: 'refused', reason: refusal, error };
    const reason = error instanceof Error ? error.name.slice(0, 100) : 'unknown';
    const certain = isRefusal(error);
    return { outcome: 'failed', reason, certain, isDown: !(certain && isTooMuch(reason)), error };
  }
}

/** Whether AWS only asks for fewer calls. */
const isTooMuch = (name: string): boolean => /Throttl|TooManyRequests|LimitExceeded/.test(name);

/** Whether the provider itself said no, so that nothing was sent; a time-out or a fault of the provider leaves it open. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}

/** Less than a claim lasts; a try more is for the queue, whose pauses grow. */
const LIMIT = 5 * SECOND;

async function byHttp(
  request: ProviderRequest,
  outcomeOf: (answer: Awaited<ReturnType<typeof send>>) => ChannelOutcome,
): Promise<Provided> {
  const limits = { until: clock.now() + LIMIT, tries: 1, bytes: 64 * 1024, repeatable: false };
  try {
    const answer = await send({ method: 'POST', ...request }, limits);
    return withWish(outcomeOf(answer), answer, clock.now());
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    if (error.fault === 'refused') return { ...refused(error.message), error };
    // What was never connected was never sent; of everything else nobody knows.
    const { message: reason, wasNeverSent: certain } = error;
    return { outcome: 'failed', reason, certain, isDown: true, error };
  }
}
