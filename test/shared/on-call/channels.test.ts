import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  channelSettings,
  channelsOf,
  inGsm,
  MOST_SEPTETS,
  needsUcs2,
  type PageContent,
  type Person,
  personSchema,
  septets,
  slackMessage,
  slackOutcome,
  slackRequest,
  targetOf,
  teamsMessage,
  teamsOutcome,
  textMessage,
  UNITS_OF_PART,
  webhookOutcome,
  webhookRequest,
} from '../../../shared/on-call/index.ts';
import { anyText } from '../../support/any-text.ts';
import { T0, triggered } from '../../support/given.ts';

const page = (data: Parameters<typeof triggered>[0] = {}, more: Partial<PageContent> = {}): PageContent => ({
  incident: triggered(data),
  step: 1,
  person: 'ann',
  name: 'Ann',
  respondUrl: `https://api.example.com/live/respond/${'t'.repeat(150)}`,
  consoleUrl: 'https://console.example.com/incidents/inc_1',
  possiblyAgain: false,
  now: T0,
  ...more,
});
const answer = (status: number, body: object | string = {}) => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const of = (more: Partial<Person> = {}): Person =>
  personSchema.parse({ id: 'ann', name: 'Ann', email: 'ann@example.com', ...more });

describe('the channels of a person', () => {
  const all = { sms: '+41791234567', slack: 'U012AB3CD', webhook: 'https://x.example.com/a' };
  it('are e-mail alone as before, or in the order that they chose', () => {
    expect(channelsOf(of())).toEqual(['email']);
    expect(channelsOf(of(all))).toEqual(['email', 'sms', 'slack', 'webhook']);
    expect(channelsOf(of({ ...all, channels: ['slack', 'email'] }))).toEqual(['slack', 'email']);
  });
  it('without an address are left out, and e-mail is always there', () => {
    expect(channelsOf({ ...of(), channels: ['sms'] })).toEqual(['email']);
    expect(targetOf(of())).toEqual({ person: 'ann', channel: 'email' });
    expect(targetOf(of({ ...all, channels: ['sms', 'email'] }))).toEqual({
      person: 'ann',
      channel: 'sms',
      others: ['email'],
    });
  });
  it.each([
    ['a number without +', { sms: '0791234567' }],
    ['a number with a word', { sms: '+4179123456x' }],
    ['a name of Slack', { slack: '@ann' }],
    ['an address that is none', { teams: 'workflow' }],
    ['a channel that there is not', { channels: ['pager'] }],
  ])('with %s are refused', (_, wrong) => {
    expect(personSchema.safeParse({ ...of(), ...wrong }).success).toBe(false);
  });
});

describe('[F40] a text message', () => {
  it('says what it is and ends in the whole link', () => {
    const text = textMessage(page());
    expect(text).toMatch(
      /^\[P1\] INC-12 Checkout p99 high\nAcknowledge: https:\/\/api\.example\.com\/live\/respond\/t+$/,
    );
  });
  it('of 2,000 characters is cut to three parts at most, with the link', () => {
    const text = textMessage(page({ title: 'long '.repeat(400) }, { possiblyAgain: true }));
    expect(septets(text)).toBeLessThanOrEqual(MOST_SEPTETS);
    expect(septets(text)).toBeGreaterThan(MOST_SEPTETS - 3);
    expect(text).toContain('... (possibly again)\nAcknowledge: https://');
  });
  it('keeps to the alphabet of text messages: look-alikes, then one ? for a run', () => {
    expect(inGsm('“Größe” – naïve café…')).toBe('"Größe" - naive café...');
    expect(inGsm('База данных 数据库 down 🔥')).toBe('? ? ? down ?');
    expect(septets('[a]')).toBe(5);
  });
  it.each([
    ['База данных недоступна', true],
    ['数据库 down', true],
    ['Größe naïve Žižkov łódź', true],
    ['Größe naïve Žižkov', false],
    ['down 🔥 → now ✅', false],
    ['٣ errors', true],
  ])('of %j needs the longer letters: %s', (title, expected) => {
    expect(needsUcs2(title)).toBe(expected);
  });
  it('keeps the letters of other alphabets, in three parts where the link is short', () => {
    const text = textMessage(
      page({ title: 'База данных недоступна 🔥' }, { respondUrl: 'https://x.example/r/1' }),
    );
    expect(text).toBe('[P1] INC-12 База данных недоступна 🔥\nAcknowledge: https://x.example/r/1');
    const long = textMessage(page({ title: 'данных '.repeat(90) }, { respondUrl: 'https://x.example/r/1' }));
    expect(long.length).toBe(3 * UNITS_OF_PART);
    expect(long).toMatch(/данных.*…\nAcknowledge: https:\/\/x\.example\/r\/1$/);
  });
  it('[F40] of whatever text is one to three parts with the link, and nothing that begins another line', () => {
    fc.assert(
      fc.property(anyText(900), fc.boolean(), (title, possiblyAgain) => {
        const content = page({ title }, { possiblyAgain });
        const text = textMessage(content);
        if (needsUcs2(title)) {
          // This link fills three parts.
          expect(text.length).toBeLessThanOrEqual(4 * UNITS_OF_PART);
          expect(text.isWellFormed()).toBe(true);
        } else {
          expect(septets(text)).toBeLessThanOrEqual(MOST_SEPTETS);
          expect(inGsm(text.replace('\n', ' '))).toBe(text.replace('\n', ' '));
        }
        expect(text.split('\n')).toHaveLength(2);
        expect(text.endsWith(content.respondUrl)).toBe(true);
      }),
    );
  });
});

describe('a message of Slack', () => {
  const settings = channelSettings.slack.parse({ botToken: 'xoxb-1' });
  it('is posted as the bot, with both links', () => {
    const { url, headers, body } = slackRequest(settings, 'U012AB3CD', page());
    expect(url).toBe('https://slack.com/api/chat.postMessage');
    expect(headers.authorization).toBe('Bearer xoxb-1');
    expect(JSON.parse(body)).toMatchObject({ channel: 'U012AB3CD', text: '[P1] INC-12 Checkout p99 high' });
    expect(body).toMatch(/respond\/t+\|Acknowledge>.*inc_1\|Open the incident>/);
  });
  it('[F40] mentions nobody and links nowhere by what others wrote, within the limits of Slack', () => {
    const hostile = page({
      title: '<!channel> <https://evil.example|x> & co',
      description: `<@U1>${'x'.repeat(9_000)}`,
    });
    const { text, blocks } = slackMessage(hostile);
    expect(text).toContain('&lt;!channel&gt; &lt;https://evil.example|x&gt; &amp; co');
    expect(JSON.stringify(blocks)).not.toMatch(/<[!@]|<https:\/\/evil/);
    for (const block of blocks) expect(block.text.text.length).toBeLessThanOrEqual(3_000);
  });
  it('is one that Slack takes whatever others wrote, and no escape in it is cut in two', () => {
    // Longer than an incident keeps them today.
    const told = (title: string, description: string) =>
      page({}, { incident: { ...triggered(), title, description } });
    const marked = fc
      .array(fc.oneof(anyText(20), fc.constantFrom('&', '<', '>', '&amp;', '👩‍👩‍👧‍👦', 'x')), {
        maxLength: 60,
      })
      .chain((parts) => fc.integer({ min: 1, max: 400 }).map((times) => parts.join('').repeat(times)));
    fc.assert(
      fc.property(marked, marked, (title, description) => {
        const { text, blocks } = slackMessage(told(title, description));
        for (const said of [text, ...blocks.map((block) => block.text.text)]) {
          expect(said.length).toBeGreaterThan(0);
          expect(said.length).toBeLessThanOrEqual(3_000);
          expect(said.replaceAll(/&(amp|lt|gt);/g, '')).not.toContain('&');
        }
      }),
    );
    const [, described] = slackMessage(told('x', '&'.repeat(9_000))).blocks;
    expect(described?.text.text).toBe('&amp;'.repeat(580));
  });
  it.each([
    [answer(200, { ok: true, ts: '1.2' }), { outcome: 'sent', providerId: '1.2' }],
    [answer(200, { ok: false, error: 'channel_not_found' }), { outcome: 'refused' }],
    [answer(200, { ok: false, error: 'invalid_auth' }), { outcome: 'refused' }],
    [answer(200, { ok: false, error: 'ratelimited' }), { outcome: 'failed', certain: true }],
    [answer(200, { ok: false, error: 'internal_error' }), { outcome: 'failed', certain: false }],
    [answer(200, 'no JSON'), { outcome: 'failed', certain: false }],
    [answer(200, { ok: true }), { outcome: 'failed', certain: false }],
    [answer(429), { outcome: 'failed', certain: true }],
    [answer(500), { outcome: 'failed', certain: false }],
    [answer(302), { outcome: 'refused' }],
  ])('[F38] [M6] is known by its answer: %j', (given, expected) => {
    expect(slackOutcome(given)).toMatchObject(expected);
  });
});

describe('a card of Microsoft Teams', () => {
  it('has the words of others as plain runs, and two buttons', () => {
    const card = teamsMessage(page({ title: '[x](https://evil.example)', description: 'é'.repeat(9_000) }));
    const [{ content }] = card.attachments as [(typeof card.attachments)[number]];
    expect(content.body[0]?.inlines[0]).toMatchObject({ type: 'TextRun', weight: 'Bolder' });
    expect(content.actions.map(({ title }) => title)).toEqual(['Acknowledge', 'Open the incident']);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
  });
  it.each([
    [202, { outcome: 'sent', providerId: 'id' }],
    [404, { outcome: 'refused' }],
    [429, { outcome: 'failed', certain: true }],
    [502, { outcome: 'failed', certain: false }],
  ])('[F38] is known by its status %i', (status, expected) => {
    expect(teamsOutcome(answer(status), 'id')).toMatchObject(expected);
  });
});

describe('a webhook', () => {
  it('[C16] is signed over time and body, and named by the delivery', () => {
    const { headers, body } = webhookRequest(
      'https://x.example.com',
      page(),
      'inc_1.1.1.ann.webhook',
      (text) => `<${text}>`,
    );
    expect(headers).toMatchObject({
      'webhook-id': 'inc_1.1.1.ann.webhook',
      'webhook-timestamp': String(T0 / 1_000),
      'webhook-signature': `sha256=<${T0 / 1_000}.${body}>`,
    });
    expect(JSON.parse(body)).toMatchObject({
      id: 'inc_1.1.1.ann.webhook',
      type: 'page',
      step: 1,
      person: { id: 'ann', name: 'Ann' },
      incident: { name: 'INC-12', title: 'Checkout p99 high', state: 'triggered' },
      acknowledgeUrl: expect.stringContaining('/respond/'),
    });
  });
  it.each([
    [204, 'sent'],
    [301, 'refused'],
    [410, 'refused'],
    [503, 'failed'],
  ])('[F38] is known by its status %i', (status, outcome) => {
    expect(webhookOutcome(answer(status), 'id')).toMatchObject({ outcome });
  });
});

describe('settings of channels', () => {
  it.each([
    ['slack', { botToken: 'secret' }],
    ['slack', { botToken: 'xoxb-1', apiUrl: 'ftp://x' }],
    ['sms', { senderId: '12345' }],
    ['webhook', { secret: 'mine' }],
  ] as const)('of %s refuse %j', (channel, wrong) => {
    expect(channelSettings[channel].safeParse(wrong).success).toBe(false);
  });
});
