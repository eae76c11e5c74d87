import * as z from 'zod';
import { serviceNamed } from '../alerts/index.ts';
import { type CapabilityApi, idText, lineText, timeInput } from '../api/index.ts';
import { proposalView } from './api-proposals.ts';
import { subscribersApi } from './api-subscribers.ts';
import { statusView } from './api-view.ts';
import { isColour, isLogo } from './branding.ts';
import { colourNames, impacts, updateStates, workings } from './nouns.ts';
import { isWebAddress } from './prose.ts';

const name = lineText(100);
const title = lineText(200);
const text = z.string().trim().min(1).max(5_000);
const prose = z.string().trim().min(1).max(2_000);
const webAddress = z.string().max(500).refine(isWebAddress, 'Expected an address with http or https');
const logo = z
  .string()
  .refine(isLogo, 'Expected an https address, or an image of at most 16 KB as data:image/…;base64,…');
const colour = z.string().refine(isColour, 'Expected a colour such as #0a66c2');
const working = z.enum(workings);
const affected = z
  .array(z.strictObject({ component: idText('component'), status: working }))
  .max(60)
  .refine(
    (list) => new Set(list.map(({ component }) => component)).size === list.length,
    'A component stands here once',
  );
const services = z
  .array(lineText(100).transform((said) => serviceNamed(said) ?? said))
  .max(50)
  .transform((list) => [...new Set(list)]);
const position = z.int().min(1).max(10_000);
const beside = { description: 'Moves it before this one of its group; null moves it to the end.' };

const byId = <Kind extends Parameters<typeof idText>[0]>(kind: Kind) => z.strictObject({ id: idText(kind) });
const made = <Kind extends Parameters<typeof idText>[0]>(kind: Kind) =>
  z.strictObject({ id: idText(kind), version: z.int() });
const changed = z.strictObject({
  version: z
    .int()
    .meta({ description: 'Of the page, after the change; the same as before when there was none.' }),
});

const component = {
  name,
  description: lineText(300).optional(),
  group: idText('componentGroup').optional(),
  position: position.optional(),
  internal: z.boolean().default(false).meta({ description: 'Shown to members only.' }),
  services: services.default([]).meta({
    description: 'The services, as incidents name them, whose incidents are about it; never shown in public.',
  }),
};

const maintenance = {
  title,
  text,
  components: z.array(idText('component')).max(60),
  from: timeInput,
  until: timeInput,
  internal: z.boolean(),
};

const update = { state: z.enum(updateStates), text };
const updatePath = z.strictObject({ id: idText('statusIncident'), update: idText('statusUpdate') });

/** The schemas of the REST verbs of the status page, by the name of the verb. */
export const statusApi = {
  ...subscribersApi,
  get: {
    about: 'The page as members see it, with what its incidents propose to tell.',
    answer: statusView.extend({
      proposals: z.array(proposalView).readonly(),
      address: z.string().optional().meta({ description: 'Of the public page, once anything was changed.' }),
    }),
  },
  'get-public': {
    about: 'The page as everybody sees it, the same as its status.json. Without a page the one at the root.',
    query: z.strictObject({ page: idText('statusPage').optional() }),
    answer: statusView,
  },
  configure: {
    about: 'Changes name, texts, logo and colours; null takes one away.',
    body: z.strictObject({
      name: name.optional(),
      url: webAddress.nullish(),
      header: prose.nullish(),
      footer: prose.nullish(),
      logo: logo.nullish(),
      colours: z
        .strictObject(Object.fromEntries(colourNames.map((one) => [one, colour.optional()])))
        .nullish(),
    }),
    answer: changed,
  },
  'add-group': {
    about: 'Adds a group of components, at the end.',
    body: z.strictObject({ name }),
    answer: made('componentGroup'),
    status: 201,
  },
  'change-group': {
    about: 'Renames or moves a group.',
    params: byId('componentGroup'),
    body: z.strictObject({
      name: name.optional(),
      position: position.optional(),
      before: idText('componentGroup').nullish().meta(beside),
    }),
    answer: changed,
  },
  'remove-group': {
    about: 'Removes a group; its components stay.',
    params: byId('componentGroup'),
    answer: z.undefined(),
  },
  'add-component': {
    about: 'Adds a component, which is operational from now on.',
    body: z.strictObject(component),
    answer: made('component'),
    status: 201,
  },
  'change-component': {
    about: 'Changes what is said of a component, or moves it; its history stays.',
    params: byId('component'),
    body: z.strictObject({
      name: name.optional(),
      description: lineText(300).nullish(),
      group: idText('componentGroup').nullish(),
      position: position.optional(),
      before: idText('component').nullish().meta(beside),
      internal: z.boolean().optional(),
      services: services.optional(),
    }),
    answer: changed,
  },
  'set-status': {
    about: 'Says by hand how a component works from now on; incidents and maintenance say so too.',
    params: byId('component'),
    body: z.strictObject({ status: working }),
    answer: changed,
  },
  'remove-component': {
    about: 'Takes a component off the page; its history is kept.',
    params: byId('component'),
    answer: z.undefined(),
  },
  'publish-incident': {
    about: 'Publishes an incident with its first update.',
    body: z.strictObject({
      title,
      ...update,
      impact: z.enum(impacts).optional().meta({ description: 'Left out, as its worst component says.' }),
      affected: affected.default([]),
      internal: z.boolean().default(false).meta({ description: 'Shown to members only.' }),
      source: z
        .strictObject({ incident: idText('incident'), generation: z.int().min(1) })
        .optional()
        .meta({ description: 'The incident that it is about; never shown in public.' }),
    }),
    answer: made('statusIncident'),
    status: 201,
  },
  'change-incident': {
    about: 'Changes what stands over the updates of an incident.',
    params: byId('statusIncident'),
    body: z.strictObject({
      title: title.optional(),
      impact: z.enum(impacts).optional(),
      internal: z.boolean().optional(),
    }),
    answer: changed,
  },
  'publish-update': {
    about: 'Publishes what is new about an incident; `resolved` is the last, and sets its components free.',
    params: byId('statusIncident'),
    body: z.strictObject({
      ...update,
      affected: affected.optional().meta({ description: 'Left out, the components are as they were.' }),
    }),
    answer: made('statusUpdate'),
    status: 201,
  },
  'correct-update': {
    about: 'Corrects the words of an update; that it was corrected stays visible.',
    params: updatePath,
    body: z.strictObject({ text }),
    answer: changed,
  },
  'withdraw-update': {
    about:
      'Takes an update back: its words go, that it was withdrawn stays, and the one before it holds again. The first one stays.',
    params: updatePath,
    answer: z.undefined(),
  },
  'schedule-maintenance': {
    about: 'Announces maintenance, which begins and ends by itself.',
    body: z.strictObject({ ...maintenance, internal: maintenance.internal.default(false) }),
    answer: made('maintenance'),
    status: 201,
  },
  'change-maintenance': {
    about: 'Changes announced maintenance, also while it is under way.',
    params: byId('maintenance'),
    body: z.strictObject(maintenance).partial(),
    answer: changed,
  },
  'cancel-maintenance': {
    about: 'Cancels maintenance that has not begun, or ends what is under way.',
    params: byId('maintenance'),
    answer: z.undefined(),
  },
  'dismiss-proposal': {
    about: 'Does not propose this again.',
    params: z.strictObject({ id: z.string().regex(/^(open_inc|resolve_pin)_[0-9A-Z]{26}_[1-9]\d{0,8}$/) }),
    answer: z.undefined(),
  },
} as const satisfies CapabilityApi;
