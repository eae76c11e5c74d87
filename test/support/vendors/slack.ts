import * as z from 'zod';
import { type Asked, jsonOf, startVendor, type Told } from './vendor-server.ts';

/** The token of the bot that the fake Slack knows. */
export const slackToken = 'xoxb-canary-1';

const section = z.strictObject({
  type: z.literal('section'),
  text: z.strictObject({ type: z.enum(['mrkdwn', 'plain_text']), text: z.string().min(1).max(3_000) }),
});
const Message = z.strictObject({
  channel: z.string(),
  text: z.string().min(1).max(40_000),
  blocks: z.array(section).min(1).max(50),
  unfurl_links: z.boolean(),
  unfurl_media: z.boolean(),
});

/** What was posted to Slack. */
export type SlackMessage = z.infer<typeof Message>;

/** Starts a Slack where one bot may post to these people and channels. */
export async function startSlack(...channels: readonly string[]) {
  const messages: SlackMessage[] = [];
  const server = await startVendor((asked) => post(asked, channels, messages));
  return { ...server, settings: { botToken: slackToken, apiUrl: server.origin }, messages };
}

/** Slack answers 200 whatever is wrong. */
function post(asked: Asked, channels: readonly string[], messages: SlackMessage[]): Told {
  const refuse = (error: string): Told => ({ status: 200, body: { ok: false, error } });
  if (asked.method !== 'POST' || asked.path !== '/api/chat.postMessage') return refuse('unknown_method');
  if (asked.headers.authorization !== `Bearer ${slackToken}`) return refuse('invalid_auth');
  const { success, data } = Message.safeParse(jsonOf(asked));
  if (!success) return refuse('invalid_arguments');
  if (!channels.includes(data.channel)) return refuse('channel_not_found');
  messages.push(data);
  const ts = `1700000000.${String(messages.length).padStart(6, '0')}`;
  return { status: 200, body: { ok: true, channel: data.channel, ts } };
}
