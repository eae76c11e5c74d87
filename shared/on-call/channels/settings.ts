import * as z from 'zod';

const visible = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[\x21-\x7e]+$/, 'Expected visible ASCII characters without spaces');

/** A bot of Slack that may `chat:write`. */
const slack = z.strictObject({
  botToken: visible(500).regex(/^xox[a-z]-/, 'Expected the token of a bot, which begins with xoxb-'),
  /** Where Slack is reached, when by another address than its own. */
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://slack.com'),
});

/** Text messages by Amazon SNS: who they say that they come from, as countries ask for it. */
const sms = z.strictObject({
  senderId: z
    .string()
    .regex(/^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/, 'Expected 1 to 11 letters and digits, one of them a letter')
    .optional(),
  originationNumber: z
    .string()
    .regex(/^\+?\d{5,14}$/, 'Expected a number of the account, such as +12065550100')
    .optional(),
});

/** Signed webhooks: the secret is made by us and shown once. */
const webhook = z.strictObject({});

/** The settings of each channel that needs some, as they are given. E-mail and Microsoft Teams need none. */
export const channelSettings = { slack, sms, webhook } as const;

/** A channel that works only once somebody has set it up. */
export type SetChannel = keyof typeof channelSettings;

/** The channels that work only once somebody has set them up. */
export const setChannels = Object.keys(channelSettings) as [SetChannel, ...SetChannel[]];

/** Settings as they are kept. */
export const keptSettings = { slack, sms, webhook: z.strictObject({ secret: visible(100) }) } as const;

export type SettingsOf<Channel extends SetChannel> = z.infer<(typeof keptSettings)[Channel]>;

/** Why a channel that nobody has set up takes no page. */
export function notSetUp(channel: SetChannel): string {
  return `Nobody has set up this channel: an administrator does so by PUT /api/on-call/channels/${channel}.`;
}
