import * as z from 'zod';
import { type CapabilityApi, idText, lineText, pageOf, pageQuery, timeText } from '../api/index.ts';
import { hypothesisKinds, verdicts } from './causes/index.ts';
import { fillings, statuses } from './postmortem.ts';

const sentence = z.strictObject({
  text: z.string(),
  cites: z.array(z.string()).min(1).meta({ description: 'The ids of the sources that show it.' }),
});

const piece = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), text: z.string() }),
  z.strictObject({ kind: z.literal('filled'), filling: z.enum(fillings), sentences: z.array(sentence) }),
]);

const section = z.strictObject({
  name: z.string(),
  title: z.string(),
  pieces: z.array(piece),
  markdown: z
    .string()
    .meta({ description: 'What stands there now: what a person wrote, else what was generated.' }),
  written: z
    .strictObject({ text: z.string(), by: z.string(), at: timeText })
    .optional()
    .meta({ description: 'What a person wrote in its place, as Markdown.' }),
});

const hypothesis = z.strictObject({
  id: z.string(),
  kind: z.enum(hypothesisKinds),
  title: z.string(),
  score: z.number().min(0).max(1).meta({ description: 'Only the order and the distances mean something.' }),
  supports: z.array(sentence),
  contradicts: z.array(sentence),
  recovered: z.boolean().meta({ description: 'The harm ended when it was taken back, or ended itself.' }),
});

const draft = z.strictObject({
  model: z.string(),
  summary: z.array(sentence),
  rootCause: z.array(sentence),
  order: z
    .array(z.string())
    .meta({ description: 'Ids of hypotheses, the likeliest first as the model sees it.' }),
  refused: z.int().meta({
    description: 'How many of its sentences were left out, since what they named did not show them.',
  }),
});

export const postmortemView = z
  .strictObject({
    id: idText('postmortem'),
    incident: idText('incident'),
    name: z.string(),
    title: z.string(),
    version: z.int().meta({ description: 'Also the ETag.' }),
    status: z.enum(statuses),
    template: z.strictObject({ id: z.string(), version: z.int() }),
    generatedAt: timeText,
    upTo: z.int().meta({ description: 'The last fact that it was generated from.' }),
    createdAt: timeText,
    updatedAt: timeText,
    sections: z.array(section),
    sources: z.array(
      z.strictObject({ id: z.string(), seq: z.int().optional(), at: timeText, text: z.string() }),
    ),
    rootCause: z.strictObject({
      verdict: z.enum(verdicts),
      why: z.string(),
      hypotheses: z.array(hypothesis),
    }),
    model: z
      .string()
      .optional()
      .meta({ description: 'The model that can draft it; absent when none is set up.' }),
    draft: draft
      .optional()
      .meta({ description: 'What a model wrote since the last generation; a draft, checked by nobody.' }),
    actions: z.array(
      z.strictObject({
        text: z.string(),
        assignee: z.string().optional(),
        due: z.string().optional(),
        done: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Postmortem' });

const summary = z.strictObject({
  id: idText('postmortem'),
  incident: idText('incident'),
  name: z.string(),
  title: z.string(),
  status: z.enum(statuses),
  createdAt: timeText,
  updatedAt: timeText,
});

const ofIncident = z.strictObject({ id: idText('incident') });
const own = z.strictObject({ id: idText('postmortem') });

/** What one section may have: 20,000 characters. */
const text = z.string().trim().min(1).max(20_000);

/** The schemas of the verbs of post-mortems. */
export const postmortemsApi = {
  list: {
    about: 'The post-mortems of the organisation, the newest first.',
    query: z.strictObject(pageQuery),
    answer: pageOf(summary),
  },
  generate: {
    about:
      'Generates the post-mortem of an incident from what is on record, or generates it anew: what people wrote is never touched. Every generated sentence names what shows it.',
    params: ofIncident,
    body: z
      .strictObject({
        template: lineText(64)
          .optional()
          .meta({ description: 'A configured template; else the one for such incidents.' }),
      })
      .default({}),
    answer: postmortemView,
    status: 201,
  },
  draft: {
    about:
      'Has a model of Amazon Bedrock phrase the summary and the causes, and put these in order. It sees generated sentences without secrets; of its own only those are kept that name what shows them. Nothing else follows from what it says.',
    params: own,
    answer: postmortemView,
    status: 201,
  },
  'get-of-incident': {
    about: 'The post-mortem of an incident, with its actions as they stand now.',
    params: ofIncident,
    answer: postmortemView,
  },
  get: {
    about: 'One post-mortem, with the actions of its incident as they stand now.',
    params: own,
    answer: postmortemView,
  },
  change: {
    about:
      'Writes sections as Markdown in place of what was generated (null shows that again), or moves it between draft, review and done. If-Match names the version that it was made from.',
    params: own,
    body: z
      .strictObject({
        status: z.enum(statuses).optional(),
        sections: z
          .record(z.string().max(100), text.nullable())
          .refine((sections) => Object.keys(sections).length <= 50, 'At most 50 sections at once')
          .optional(),
      })
      .refine(({ status, sections }) => status !== undefined || Object.keys(sections ?? {}).length > 0, {
        message: 'Say what to change: status or sections',
      }),
    answer: postmortemView,
  },
  'get-markdown': {
    about: 'A post-mortem as Markdown.',
    params: own,
    answer: z.string().meta({ description: 'Markdown' }),
  },
  'get-html': {
    about:
      'A post-mortem as one page of HTML with the drawing of the timeline; nothing in it is loaded or active.',
    params: own,
    answer: z.string().meta({ description: 'HTML' }),
  },
  'get-pdf': {
    about: 'A post-mortem as PDF with the drawing of the timeline and page numbers.',
    params: own,
    answer: z.string().meta({ description: 'A PDF file' }),
  },
} as const satisfies CapabilityApi;
