import { entity } from './entity.ts';

// The items of war rooms: who is in them, their parts, their documents and their video links.

export const roomConnection = entity({
  about: 'A connection that looks at a room; written by join, removed on 410, on disconnect and by TTL.',
  pk: 'O#{org}#R#{inc}#{shard}',
  sk: '{connectionId}',
  expires: true,
});

export const roomPart = entity({
  about:
    'A role, a pin or an action of a room as it is now, with the number of the fact that changed it last.',
  pk: 'O#{org}#I#{inc}',
  sk: 'ROOM#{name}',
});

export const visit = entity({
  about: 'That somebody is in a room, or left it a moment ago.',
  pk: 'O#{org}#I#{inc}',
  sk: 'HERE#{person}',
  expires: true,
});

export const actorConnection = entity({
  about: 'A connection of a person or machine: who is removed is disconnected.',
  pk: 'O#{org}#CONNECTED#{actor}',
  sk: '{connectionId}',
  expires: true,
});

export const occupiedRoom = entity({
  about: 'That somebody joined a room lately. Where there is none, nobody looks for its connections.',
  pk: 'O#{org}#R#{inc}',
  sk: 'ROOM',
  expires: true,
});

export const documentSequence = entity({
  about:
    "The last position given to a change of a room's document, and the minute for which its snapshot was asked.",
  pk: 'O#{org}#DSEQ#{doc}',
  sk: 'SEQ',
});

export const documentHead = entity({
  about: 'Which snapshot of a document is the newest, and up to which position it is known to reach.',
  pk: 'O#{org}#D#{doc}',
  sk: 'HEAD',
});

export const documentUpdate = entity({
  about: 'One change of a document under its position, until a snapshot has it.',
  pk: 'O#{org}#D#{doc}',
  sk: 'U#{position:12}',
});

export const documentSnapshot = entity({
  about:
    'A part (at most 300 KB) of a document as it was at the end of one minute. Never a TTL: it is the recording.',
  pk: 'O#{org}#D#{doc}',
  sk: 'SNAP#{minute:9}#{chunk:4}',
});

export const documentMinute = entity({
  about: 'That a document has a snapshot of one minute, in how many parts and when its last change was made.',
  pk: 'O#{org}#D#{doc}',
  sk: 'MIN#{minute:9}',
});

export const videoLink = entity({
  about: 'The latest video link of one generation of an incident, without the rights of a host.',
  pk: 'O#{org}#I#{inc}',
  sk: 'VIDEO#{generation}',
});

export const videoCredentials = entity({
  about:
    'That credentials of a provider of video links are set, since when and by whom; what they are is only in Parameter Store.',
  pk: 'O#{org}#VIDEO',
  sk: '{provider}',
});
