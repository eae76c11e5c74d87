import * as z from 'zod';
import { explanationView, severities } from '../alerts/index.ts';
import { type CapabilityApi, idText, pageOf, timeInput, timeText } from '../api/index.ts';
import { channels } from '../incidents/index.ts';
import { setChannels } from './channels/settings.ts';
import { overrideId, overrideInput } from './override.ts';
import { configuredId } from './person.ts';

const person = z.strictObject({ id: z.string(), name: z.string() });
const people = z.array(person);
const problems = z.array(z.string()).meta({ description: 'What is wrong, in words; empty when nothing is.' });

const turn = z.strictObject({
  level: z.int().min(0).meta({
    description: 'From 1; 0 stands for the last resort: that of the policy, or the administrators.',
  }),
  people,
});

const who = {
  person: person.optional().meta({ description: 'Absent when nobody is on call: a gap.' }),
  override: z.string().optional().meta({ description: 'The override that has put them there.' }),
} as const;

const scheduleNow = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    timeZone: z.string(),
    ...who,
    until: timeText.optional().meta({ description: 'Absent when it does not change within 35 days.' }),
    next: z.strictObject(who).optional().meta({ description: 'Who is on call after that.' }),
  })
  .meta({ id: 'ScheduleOnCall' });

const override = z
  .strictObject({
    id: z.string(),
    person: person.meta({ description: 'Who takes over.' }),
    instead: person.optional().meta({ description: 'For whom; absent for whoever is on call.' }),
    from: timeText,
    to: timeText,
    createdAt: timeText,
    createdBy: z.string(),
  })
  .meta({ id: 'Override' });

const schedule = z.strictObject({ id: configuredId });

const channelSet = z
  .strictObject({ channel: z.enum(setChannels), setAt: timeText, setBy: z.string() })
  .meta({ id: 'ChannelSet' });
const channelNamed = z.strictObject({ channel: z.enum(setChannels) });

const onCallNow = z.strictObject({
  at: timeText,
  schedules: z.array(scheduleNow),
  policies: z.array(
    z
      .strictObject({
        id: z.string(),
        name: z.string(),
        isDefault: z.boolean().meta({ description: 'Whether it takes what names no policy.' }),
        repeat: z.int().min(0).meta({ description: 'How many times the levels are gone through again.' }),
        levels: z.array(
          z.strictObject({
            level: z.int().min(1),
            delay: z.int().meta({ description: 'Seconds until the next page, when nobody answers.' }),
            people,
            severities: z.array(z.enum(severities)).optional().meta({
              description: 'Only incidents of these severities come to this level.',
            }),
            schedules: z.array(person).optional().meta({ description: 'The schedules that it names.' }),
            unknown: z.array(z.string()).min(1).optional().meta({
              description: 'Targets of the level that are not among the people.',
            }),
          }),
        ),
        lastResort: person.optional().meta({ description: 'A person or schedule, by id and name.' }),
        now: turn.optional().meta({ description: 'Whom the first page reaches; absent when nobody.' }),
        next: turn.optional().meta({ description: 'Whom the page after it reaches.' }),
        problems,
      })
      .meta({ id: 'PolicyOnCall' }),
  ),
  administrators: people.meta({ description: 'Who is paged when a policy reaches nobody.' }),
  problems,
});

const token = z.strictObject({ token: z.string() });
const page = z.string().meta({ description: 'A page of HTML for a person' });

const pageSent = z.strictObject({
  generation: z.int(),
  step: z.int().meta({ description: 'The step of the escalation that it belongs to.' }),
  person: z.string(),
  channel: z.enum(channels),
  state: z.enum(['planned', 'claimed', 'sent', 'failed', 'refused', 'dropped']).meta({
    description:
      '`sent`: the provider took it. `failed` and `refused`: it is tried again; after `refused` the next step does not wait. `dropped`: there was no need any more.',
  }),
  at: timeText.optional().meta({ description: 'When it came to this state.' }),
  reason: z.string().optional(),
  attempts: z.int(),
  possiblyAgain: z.boolean().meta({ description: 'An earlier attempt may have arrived too.' }),
});

const ownChannels = z
  .strictObject({
    person: person.meta({ description: 'Who asks, as the configuration knows them.' }),
    left: z.int().meta({ description: 'Test notifications that can be sent in this hour.' }),
    items: z.array(
      z.strictObject({
        channel: z.enum(channels),
        confirmed: z.boolean().meta({
          description:
            'Of a number: whether its code was given. Other addresses are as the configuration has them.',
        }),
        test: z
          .strictObject({
            askedAt: timeText,
            state: pageSent.shape.state,
            at: timeText.optional(),
            reason: z.string().optional(),
          })
          .optional()
          .meta({ description: 'The last test by this channel, and what became of it.' }),
      }),
    ),
  })
  .meta({ id: 'OwnChannels' });

/** The schemas of the verbs behind the link of a page, by the name of the verb. */
export const onCallApi = {
  'show-response': {
    about: 'The page behind the link of a page: shows the incident and a button. Never acts.',
    params: token,
    answer: page,
  },
  respond: {
    about: 'Acknowledges the incident as the person whom the link was sent to.',
    params: token,
    answer: page,
  },
  'get-on-call': {
    about:
      'Who is paged in turn, by each policy: its levels with their people, whom the first page would reach now and whom the next, and what keeps somebody from being reached. With `at`, of another instant by the configuration of now.',
    query: z.strictObject({ at: timeInput.optional() }),
    answer: onCallNow,
  },
  'list-schedules': {
    about: 'The schedules, and who each has on call now.',
    answer: pageOf(scheduleNow),
  },
  'get-schedule': {
    about:
      'A schedule and who it has on call from one instant to another, gaps included; without them the next 14 days, at most 92.',
    params: schedule,
    query: z.strictObject({ from: timeInput.optional(), to: timeInput.optional() }),
    answer: z.strictObject({
      id: z.string(),
      name: z.string(),
      timeZone: z.string(),
      from: timeText,
      to: timeText,
      spans: z
        .array(z.strictObject({ from: timeText, to: timeText, ...who }))
        .meta({ description: 'One after the other without a break; one without a person is a gap.' }),
      people: people.meta({ description: 'Who takes turns in it.' }),
    }),
  },
  'list-overrides': {
    about: 'The overrides of a schedule that have not ended.',
    params: schedule,
    answer: pageOf(override),
  },
  'add-override': {
    about:
      'Has somebody take over a schedule for a time, for one person or for whoever is on call; from now on without `from`.',
    params: schedule,
    body: overrideInput,
    answer: override,
    status: 201,
  },
  'end-override': {
    about: 'Ends an override now; one that has not begun is removed.',
    params: z.strictObject({ id: configuredId, override: overrideId }),
    answer: z.undefined(),
  },
  'list-channels': {
    about: 'Which channels of pages are set up, beside e-mail and Microsoft Teams, which need no settings.',
    answer: pageOf(channelSet),
  },
  'set-channel': {
    about:
      'Sets up a channel of pages, in place of the settings before. They are never shown; the secret of webhooks is made here and shown once.',
    params: channelNamed,
    body: z.record(z.string(), z.unknown()).meta({
      description:
        '`slack`: botToken. `sms`: senderId or originationNumber, where a country asks for one. `webhook`: nothing.',
    }),
    answer: channelSet.extend({
      secret: z
        .string()
        .optional()
        .meta({ description: 'Of webhooks: what their signatures are made with.' }),
    }),
    secret: true,
  },
  'remove-channel': {
    about: 'Removes the settings of a channel: its pages are refused, and go by the next channel.',
    params: channelNamed,
    answer: z.undefined(),
  },
  'test-notification': {
    about:
      'Sends whoever asks a test by one of their own channels, the way a page goes; five in an hour. A number that was never confirmed is sent a code first, once an hour.',
    body: z.strictObject({ channel: z.enum(channels) }),
    answer: ownChannels,
    status: 202,
  },
  'list-tests': {
    about:
      'The channels of whoever asks, in the order in which they are tried, and what became of their last tests.',
    answer: ownChannels,
  },
  'confirm-number': {
    about: 'Confirms the number of whoever asks by the code that a test notification sent to it.',
    body: z.strictObject({ code: z.string().regex(/^\d{6}$/, 'Expected six digits') }),
    answer: ownChannels,
  },
  'explain-incident': {
    about:
      'Why an incident is as it is: how it opened, why each alert is in it, what made it more severe, what was merged, split and related, whom it paged and why not others, and what comes next.',
    params: z.strictObject({ id: idText('incident') }),
    answer: explanationView.extend({ incident: idText('incident') }).meta({ id: 'IncidentExplanation' }),
  },
  'get-paging': {
    about:
      'Why somebody was paged for an incident, or why not: sentences from the record. Of one that was opened again, whom it paged before that comes first. Without `person`, of whoever asks.',
    params: z.strictObject({ id: idText('incident') }),
    query: z.strictObject({ person: z.string().min(1).max(64).optional() }),
    answer: z.strictObject({
      person,
      items: z.array(z.strictObject({ at: timeText.optional(), text: z.string() })),
    }),
  },
  'list-pages': {
    about:
      'Who was told of an incident, by which channel, and what became of it: `items` since it was last opened, `before` what was sent before that.',
    params: z.strictObject({ id: idText('incident') }),
    answer: pageOf(pageSent).extend({
      generation: z.int().meta({ description: 'That of `items`, from 1: each reopening begins a new one.' }),
      before: z.array(pageSent).optional().meta({
        description:
          'The pages of earlier generations, the first first; absent where it was never opened again.',
      }),
    }),
  },
} as const satisfies CapabilityApi;
