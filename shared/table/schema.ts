import { entity } from './entity.ts';

// Every item, key and index of the single table. CDK, the adapters and docs/table.md read this; no key is written elsewhere.

export const incidentHead = entity({
  about: 'What an incident is now: a fold of its control facts, at a version that only they move.',
  pk: 'O#{org}#I#{inc}',
  sk: 'HEAD',
  gsi1pk: 'O#{org}#I#{month}',
  gsi1sk: '{openedAt:15}#{inc}',
  gsi2pk: 'DUE#{shard}',
  gsi2sk: '{dueAt:15}#{org}#{inc}',
});

export const fact = entity({
  about: 'One fact of an incident under its number. Put with attribute_not_exists; never a TTL.',
  pk: 'O#{org}#I#{inc}',
  sk: 'F#{seq:12}',
});

export const messageGuard = entity({
  about: 'A room fact that a client may send again: holds its number.',
  pk: 'O#{org}#I#{inc}',
  sk: 'M#{clientMessageId}',
  expires: true,
});

export const deliveryIntent = entity({
  about:
    'That one person is to be told by one channel about one step: planned, claimed, then sent or failed.',
  pk: 'O#{org}#I#{inc}',
  sk: 'P#{generation}#{step}#{person}#{channel}',
});

export const sequence = entity({
  about: 'The last number reserved in an incident. ADD without a condition.',
  pk: 'O#{org}#SEQ#{inc}',
  sk: 'SEQ',
});

export const correlationGuard = entity({
  about: 'The windows of one correlation key and the incident of each; the guard against opening twice.',
  pk: 'O#{org}#K#{hash}',
  sk: 'K',
});

export const openPointer = entity({
  about: 'A row of the list of open incidents. Eight partitions by service.',
  pk: 'O#{org}#OPEN#{shard}',
  sk: '{service}#{inc}',
});

export const alertHead = entity({
  about: 'What an alert is now, by fingerprint, at a version of its own.',
  pk: 'O#{org}#A#{fp}',
  sk: 'HEAD',
});

export const pastOccurrence = entity({
  about:
    'An occurrence of an alert that ended, by its beginning; written in the transaction in which the alert fires again.',
  pk: 'O#{org}#A#{fp}',
  sk: 'OC#{startedAt:15}',
});

export const signalChunk = entity({
  about:
    'The signals of one batch, by the minute in which they were sent and the hash of their ids. Counts are unions of these.',
  pk: 'O#{org}#S#{minute}#{shard}',
  sk: '{hash}',
  expires: true,
});

export const uncountedMinute = entity({
  about:
    'That a minute has signals that are not counted yet, and from when on they may be. Gone once they are.',
  pk: 'O#{org}#S',
  sk: '{minute:9}',
  gsi2pk: 'DUE#S#{shard}',
  gsi2sk: '{dueAt:15}#{org}#{minute}',
});

export const parkedMessage = entity({
  about:
    'A message of accepted alerts that the queue did not take; the sweep sends it and removes the item. Never a TTL.',
  pk: 'O#{org}#PARKED#{receipt}',
  sk: 'PARKED',
  gsi2pk: 'DUE#P#{shard}',
  gsi2sk: '{parkedAt:15}#{org}#{receipt}',
});

export const change = entity({
  about: 'A deployment or another change that somebody told, by the month and moment in which it was done.',
  pk: 'O#{org}#CHANGES#{month}',
  sk: '{at:15}#{change}',
});

export const hourCount = entity({
  about: 'How many signals of an alert were sent in each minute of an hour. Each number only ever grows.',
  pk: 'O#{org}#A#{fp}',
  sk: 'N#{hour:7}',
  expires: true,
});

export const thresholdSlot = entity({
  about:
    'The distinct alerts of one group that fired inside one slot of a rule; never more than threshold + 1.',
  pk: 'O#{org}#W#{rule}#{group}',
  sk: '{slot:15}',
  expires: true,
});

export const numberCounter = entity({
  about: 'The last INC- number given out. ADD 10 by each warm worker.',
  pk: 'O#{org}',
  sk: 'NUMBER',
});

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

export const configurationHead = entity({
  about: 'The number of the configuration in force.',
  pk: 'O#{org}#CFG',
  sk: 'HEAD',
});

export const configurationChunk = entity({
  about: 'A part (at most 300 KB) of one version of the configuration.',
  pk: 'O#{org}#CFG',
  sk: 'V#{version:9}#{chunk:4}',
});

export const organisation = entity({ about: 'An organisation and its name.', pk: 'O#{org}', sk: 'ORG' });

export const member = entity({
  about: 'A person of an organisation with a role, as listed.',
  pk: 'O#{org}#MEMBER',
  sk: '{person}',
});

export const integration = entity({
  about: 'A source that may send alerts, as listed; its secret is only in its door.',
  pk: 'O#{org}#INTEGRATION',
  sk: '{integration}',
});

export const machineKey = entity({
  about: 'A machine that may call the API, as listed; its secret is only in its door.',
  pk: 'O#{org}#KEYS',
  sk: '{key}',
});

export const idempotency = entity({
  about: 'The answer to a request with an Idempotency-Key, and the hash of its body.',
  pk: 'O#{org}#IDEM#{hash}',
  sk: 'IDEM',
  expires: true,
});

export const canaryRun = entity({
  about:
    'A run of the canary, under the organisation of its own, until all that became of its alert is removed.',
  pk: 'O#{org}#CANARY',
  sk: '{minute:9}',
});

// Doors: opened before the organisation is known, each by one adapter function. Every item names its organisation.

export const keyDoor = entity({
  about: 'Door of a secret key: integration or machine.',
  pk: 'KEY#{hash}',
  sk: 'KEY',
});

export const whoDoor = entity({
  about: 'Door of a person: the memberships of one issuer and subject, or of a verified e-mail address.',
  pk: 'WHO#{hash}',
  sk: 'O#{org}',
});

export const connectionDoor = entity({
  about: 'Door of a socket connection: whose it is and which rooms it joined.',
  pk: 'CONN#{connectionId}',
  sk: 'CONN',
  expires: true,
});

export const callerIdempotency = entity({
  about: 'The answer to a request with an Idempotency-Key of a caller who may have no organisation yet.',
  pk: 'IDEM#{hash}',
  sk: 'IDEM',
  expires: true,
});

export const ticketDoor = entity({
  about: 'Door of a single-use ticket for a socket.',
  pk: 'TICKET#{hash}',
  sk: 'TICKET',
  expires: true,
});

export * from './metrics-schema.ts';
export * from './on-call-schema.ts';
export * from './postmortem-schema.ts';
export * from './runbook-schema.ts';
export * from './status-schema.ts';
