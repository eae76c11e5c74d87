import * as z from 'zod';
import { idText } from '../api/index.ts';
import { type FactView, roomRoles } from '../incidents/index.ts';
import { documentAnswers, documentMessages } from './document/messages.ts';
import { limits } from './limits.ts';
import { inRoom, present, v, writing } from './message-parts.ts';
import { type RuleNumber, rules } from './rules.ts';

// What both ends say, each message once. Browsers import its types; the server parses by it; the AsyncAPI document is made of it.

const person = z.string().min(1).max(80);
const seq = z.int().min(1).max(999_999_999_998);
const day = z.iso.date();
const actionText = z.string().trim().min(1).max(limits.actionText);

/** What a new action says: its text, the id of a member, a calendar day. */
export const actionFields = { text: actionText, assignee: person.optional(), due: day.optional() } as const;
const action = idText('action');

/** What a client says, by type. */
export const clientMessages = {
  join: z.strictObject({
    ...inRoom,
    type: z.literal('join'),
    /** The number of the last fact that the client has; what follows is sent. */
    after: z.int().min(0).max(999_999_999_998).default(0),
  }),
  leave: z.strictObject({ ...inRoom, type: z.literal('leave') }),
  ping: z.strictObject({ v, type: z.literal('ping'), incident: idText('incident').optional() }),
  typing: z.strictObject({ ...inRoom, type: z.literal('typing') }),
  presence: z.strictObject({ ...inRoom, type: z.literal('presence'), away: z.boolean() }),
  chat: z.strictObject({
    ...writing,
    type: z.literal('chat'),
    text: z.string().trim().min(1).max(limits.chatText),
  }),
  'action.add': z.strictObject({
    ...writing,
    type: z.literal('action.add'),
    ...actionFields,
  }),
  'action.change': z.strictObject({
    ...writing,
    type: z.literal('action.change'),
    action,
    text: actionText.optional(),
    assignee: person.nullable().optional(),
    due: day.nullable().optional(),
    done: z.boolean().optional(),
  }),
  pin: z.strictObject({ ...writing, type: z.literal('pin'), seq, up: z.boolean().default(true) }),
  role: z.strictObject({
    ...writing,
    type: z.literal('role'),
    role: z.enum(roomRoles),
    /** The id of a member; null takes the role back. */
    person: person.nullable(),
  }),
  ...documentMessages,
} as const;

export type MessageType = keyof typeof clientMessages;
type Schemas = typeof clientMessages;

/** A message of a client as it was understood. */
export type ClientMessage = { [Type in MessageType]: z.output<Schemas[Type]> }[MessageType];

/** A message of a client as it writes it. */
export type ClientFrame = { [Type in MessageType]: z.input<Schemas[Type]> }[MessageType];

type OfDocument = { readonly type: keyof typeof documentMessages };

/** Those that are about the document of a room. */
export type DocumentMessage = Extract<ClientMessage, OfDocument>;

/** Those that become facts, and are sent again until they are answered. */
export type WritingMessage = Exclude<Extract<ClientMessage, { readonly id: string }>, OfDocument>;
export type WritingFrame = Exclude<Extract<ClientFrame, { readonly id: string }>, OfDocument>;

/** A fact as the REST API shows it (`Fact` in its description). */
const fact = z.custom<FactView>().meta({ id: 'Fact' });

/** Why a message was not carried out. */
export const protocolErrors = ['invalid', 'forbidden', 'not_found', 'limit', 'conflict', 'internal'] as const;
export type ProtocolError = (typeof protocolErrors)[number];

/**
 * What the server says, by type. Facts are in order; `last` is the newest number that the server has in mind. A client whose
 * own number is lower says `join` with its number: facts were left out for size, or a frame was lost.
 */
export const serverMessages = {
  joined: z.strictObject({
    ...inRoom,
    type: z.literal('joined'),
    facts: z.array(fact),
    last: z.int(),
    /** Those who fit into the frame. */
    people: z.array(present),
    /** How many connections the room has. */
    connections: z.int().optional(),
  }),
  facts: z.strictObject({ ...inRoom, type: z.literal('facts'), facts: z.array(fact), last: z.int() }),
  /** The message with this id is recorded: under `seq`, or not at all when there was nothing to do. */
  accepted: z.strictObject({
    ...inRoom,
    type: z.literal('accepted'),
    id: z.string(),
    seq: z.int().optional(),
    facts: z.array(fact),
    last: z.int(),
  }),
  pong: z.strictObject({
    v,
    type: z.literal('pong'),
    incident: idText('incident').optional(),
    last: z.int().optional(),
  }),
  typing: z.strictObject({ ...inRoom, type: z.literal('typing'), person: present }),
  presence: z.strictObject({
    ...inRoom,
    type: z.literal('presence'),
    person: present,
    here: z.boolean(),
  }),
  error: z.strictObject({
    v,
    type: z.literal('error'),
    code: z.enum(protocolErrors),
    rule: z.enum(Object.keys(rules) as [RuleNumber]),
    message: z.string(),
    /** The message that it is about, where it had an id. */
    id: z.string().optional(),
    incident: z.string().optional(),
  }),
  ...documentAnswers,
} as const;

type Answers = typeof serverMessages;

/** What the server says. */
export type ServerMessage = { [Type in keyof Answers]: z.output<Answers[Type]> }[keyof Answers];
export type ServerMessageOf<Type extends keyof Answers> = Extract<ServerMessage, { readonly type: Type }>;

export type { Present } from './message-parts.ts';
