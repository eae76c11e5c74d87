import type { MessageType } from './protocol.ts';

/** The rules of the protocol by number, in a few words; whole in docs/war-room-protocol.md. An error names the rule it is about. */
export const rules = {
  WR1: 'a frame is one JSON object of at most 30,000 bytes, with "v": 1 and a type that is known',
  WR2: 'a connection opens with a ticket that was got less than 60 s ago and was never used',
  WR3: 'join takes a connection into a room and gives what follows the fact that the client has',
  WR4: 'facts are numbered without gaps; a client takes them in order and asks for what is missing',
  WR5: 'every pong and every acceptance says the last number of the room',
  WR6: 'a message that is recorded has an id of 8 to 64 letters, digits, _ or -; the same id is the same message',
  WR7: 'a client has one message on its way, and sends it again with the same id when it is unanswered for 2 s',
  WR8: 'a chat message has 1 to 2,000 characters',
  WR9: 'an action has a text of 1 to 300 characters, and may have a member as assignee and a day on which it is due',
  WR10: 'what is pinned is a fact of this room; at most 50 are up',
  WR11: 'commander, scribe and communications are roles of members, each of one',
  WR12: 'typing and presence are told, not recorded, and are the first to be dropped',
  WR13: 'a client pings every 30 s and takes a connection that is silent for 75 s for dead',
  WR14: 'a client opens a new connection before the old one has lasted two hours',
  WR15: 'rights are looked up at every message that is recorded; who is removed is disconnected',
  WR16: 'ids of another organisation are not found',
  WR17: 'at most 100 messages of one connection are carried out in ten seconds',
  WR18: 'what is wrong with a message is told to its sender alone',
  WR19: 'who is in a room and says doc.open gets what its document lacks, in parts, and sees its changes until doc.close',
  WR20: 'a client has one change of the document on its way, at most four a second, and sends it again with the same id',
  WR21: 'changes of the document have positions; a client that misses one says doc.open, and says it every 30 s in any case',
  WR22: 'a change inserts or deletes plain text, builds only on what is stored, and has at most 16,000 bytes',
  WR23: 'the document has at most 200,000 characters and a history of at most 1,000,000 bytes',
  WR24: 'cursors in the document are told, not stored, and are the first to be dropped',
} as const;

export type RuleNumber = keyof typeof rules;

/** The rule that says what a message of this type is. */
export const ruleOf: Readonly<Record<MessageType, RuleNumber>> = {
  join: 'WR3',
  leave: 'WR3',
  ping: 'WR13',
  typing: 'WR12',
  presence: 'WR12',
  chat: 'WR8',
  'action.add': 'WR9',
  'action.change': 'WR9',
  pin: 'WR10',
  role: 'WR11',
  'doc.open': 'WR19',
  'doc.close': 'WR19',
  'doc.update': 'WR22',
  'doc.cursor': 'WR24',
};
