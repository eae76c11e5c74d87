import * as z from 'zod';
import { type Asked, jsonOf, startVendor, type Told } from './vendor-server.ts';

const run = z.strictObject({ type: z.literal('TextRun'), text: z.string().min(1), weight: z.string() });
const Card = z.strictObject({
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.4'),
  body: z.array(z.strictObject({ type: z.literal('RichTextBlock'), inlines: z.array(run).min(1) })).min(1),
  actions: z
    .array(z.strictObject({ type: z.literal('Action.OpenUrl'), title: z.string(), url: z.url() }))
    .max(6),
  msteams: z.strictObject({ width: z.literal('full') }),
});
const Message = z.strictObject({
  type: z.literal('message'),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal('application/vnd.microsoft.card.adaptive'),
      contentUrl: z.null(),
      content: Card,
    }),
  ]),
});

/** A card that was posted to a workflow of Microsoft Teams. */
export type TeamsCard = z.infer<typeof Card>;

/** The most bytes that a card may have. */
const LARGEST = 28_000;

/** Starts a workflow of Microsoft Teams that posts what it is sent; its address carries its secret. */
export async function startWorkflow() {
  const cards: TeamsCard[] = [];
  const server = await startVendor((asked) => post(asked, cards));
  return { ...server, address: `${server.origin}/workflows/canary-1?sig=canary-2`, cards };
}

function post(asked: Asked, cards: TeamsCard[]): Told {
  if (asked.path !== '/workflows/canary-1') return { status: 404, body: {} };
  if (asked.query.get('sig') !== 'canary-2') return { status: 401, body: {} };
  if (Buffer.byteLength(asked.body) > LARGEST) return { status: 413, body: {} };
  const { success, data } = Message.safeParse(jsonOf(asked));
  if (asked.method !== 'POST' || !success) return { status: 400, body: {} };
  cards.push(data.attachments[0].content);
  return { status: 202, body: {} };
}
